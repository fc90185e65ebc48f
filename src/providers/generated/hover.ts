// Types of openapi/hover.yaml, made by `npm run types`. Edit the document, not this file.

export interface paths {
    "/oauth/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Let an organisation grant access
         * @description The demo organisation grants it at once and is sent back with a code, which is good for ten minutes, once.
         */
        get: operations["authorize"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a code or a refresh token for an access token
         * @description An access token is good for two hours. A refresh token can be used once; each answer brings a new one.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Register a webhook
         * @description Creates a webhook in the scope of the organisation the token belongs to. Its URL is sent a verification code at once, and
         *     nothing else until it is verified.
         */
        post: operations["registerWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/webhooks/{code}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Verify a webhook by the code that was sent to it
         * @description An older page says that authentication is not required, a newer one that it is; either is accepted here.
         */
        put: operations["verifyWebhook"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/webhooks/{id}/request_verification": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 12343
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the verification code sent again
         * @description A new code takes the place of the former one.
         */
        post: operations["requestVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 12343
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Cannot be undone; the URL can be registered and verified anew.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "webhook-verification-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The code that verifies a new webhook */
        post: operations["sendVerificationCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "job-state-changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job went on to another state */
        post: operations["sendJobState"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "job-state-changed-v2": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A job went on to another state (the later form) */
        post: operations["sendJobStateChangedV2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "model-created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A model was created */
        post: operations["sendModelCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "model-state-changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A model went on to another state */
        post: operations["sendModelStateChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "capture-request-state-changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A capture request went on to another state */
        post: operations["sendCaptureRequestStateChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "inspection-state-changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An inspection went on to another state */
        post: operations["sendInspectionStateChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "deliverable-change-request-state-changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A request to change a deliverable went on to another state */
        post: operations["sendDeliverableChangeRequestStateChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "project-management-production-list-created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A production list was created */
        post: operations["sendProjectManagementProductionListCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "instant-design-image-created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An image of an instant design was created */
        post: operations["sendInstantDesignImageCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "instant-design-lead-form-submitted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A lead form was submitted */
        post: operations["sendInstantDesignLeadFormSubmitted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description A URL that is told of events. */
        Webhook: {
            id: number;
            /** @description Org in the sample. */
            owner_type: string;
            /** @description The organisation. */
            owner_id: number;
            url: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /**
             * Format: date-time
             * @description When it was verified; null before.
             */
            verified_at: string | null;
            /** @description Base64 of 64 bytes; signs what is sent, as the text it is. */
            hmac_secret: string;
            /** @description What the receiver answered when it last failed. */
            last_error: string | null;
            /** @description Only json. */
            content_type: string;
        };
        WebhookList: {
            pagination: {
                current_page: number;
                total_pages: number;
                total: number;
            };
            results: components["schemas"]["Webhook"][];
        };
        Registration: {
            webhook: {
                /** Format: uri */
                url: string;
                /**
                 * @default json
                 * @enum {unknown}
                 */
                content_type: "json";
                /**
                 * @description The other spelling that users send.
                 * @enum {unknown}
                 */
                "content-type"?: "json";
            };
        };
        /** @description A webhook's URL and the code that verifies it. Known to the mock's state only. */
        Verification: {
            /** @description The webhook's. */
            id: number;
            /** Format: uuid */
            code: string;
            url: string;
            hmac_secret: string;
        };
        VerificationCode: {
            /** @constant */
            event: "webhook-verification-code";
            /** Format: uuid */
            code: string;
            webhook_id: number;
        };
        /** @description A property whose photographs are processed. Known to the mock's state only. */
        Job: {
            id: number;
            external_identifier: string | null;
            state: components["schemas"]["JobState"];
            estimated_hours_to_completion: number;
        };
        /**
         * @description uploading, processing_upload, submitting, working, waitlisted, waiting_approval, retrieving, processing, paying, complete, failed,
         *     cancelled and requesting_corrections are known; left open, since the page's list could not be read to its end.
         */
        JobState: string;
        JobStateChanged: {
            /** @constant */
            event: "job-state-changed";
            webhook_id: number;
            job_id: number;
            job_external_identifier: string | null;
            state: components["schemas"]["JobState"];
            "content-available": number;
            job_estimated_hours_to_completion: number;
        };
        JobStateChangedV2: {
            /** @constant */
            event: "job-state-changed-v2";
            webhook_id: number;
            job_id: number;
            job_external_identifier?: string | null;
            /** @description completed where the first version says complete. */
            state: string;
            "content-available"?: number;
            job_estimated_hours_to_completion?: number;
        };
        JobEvent: {
            event: string;
            webhook_id: number;
            job_id: number;
            state: string;
        };
        InstantDesignImageCreated: {
            /** @constant */
            event: "instant-design-image-created";
            webhook_id: number;
            project_id: number;
            project_name?: string;
            job_id?: number;
            timestamp?: string;
            lead_id?: number;
            image_id: number;
        };
        /** @description An event of which only the name is known. */
        OtherEvent: {
            event: string;
            webhook_id: number;
        };
        /** @description The client's id and secret may stand in an Authorization header of the scheme Basic instead. */
        TokenRequest: {
            /** @description authorization_code or refresh_token. */
            grant_type: string;
            client_id?: string;
            client_secret?: string;
            /** @description Good for ten minutes. */
            code?: string;
            redirect_uri?: string;
            refresh_token?: string;
        };
        Token: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            expires_in: number;
            refresh_token: string;
            scope: string;
            /** @description Unix seconds. */
            created_at: number;
            owner_id: number;
            /** @constant */
            owner_type: "orgs";
        };
        TokenError: {
            error: string;
            error_description?: string;
        };
        Error: {
            error: string;
        };
    };
    responses: {
        /** @description The token is missing, wrong or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such webhook, or no such code. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request is not as it must be. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description More than 120 requests in a minute, or 7,200 in an hour. The mock does not count; Prefer or a fault asks for it. */
        TooManyRequests: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No token is given (RFC 6749, section 5.2). */
        TokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["TokenError"];
            };
        };
    };
    parameters: {
        /**
         * @description The webhook's id.
         * @example 12343
         */
        WebhookId: number;
        /**
         * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
         *     the body's MD5, the path without query and the Date header, joined by commas.
         * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
         */
        Signature256: string;
        /**
         * @description The same with SHA-1, after sha1=.
         * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
         */
        Signature: string;
        /** @description When it was sent; signed. */
        Date: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    authorize: {
        parameters: {
            query: {
                /** @description Only code. */
                response_type: "code";
                /**
                 * @description The client's id.
                 * @example hover-demo-client
                 */
                client_id: string;
                /**
                 * @description Where the code is sent.
                 * @example http://127.0.0.1:3000/callback
                 */
                redirect_uri: string;
                /** @description Sent back as it is. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Back to the client, with the code. */
            302: {
                headers: {
                    /** @description The redirect_uri with code and state. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    /** @description no-store */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            400: components["responses"]["TokenRefused"];
            401: components["responses"]["TokenRefused"];
            422: components["responses"]["Unprocessable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Which page, from 1. */
                page?: number;
                /** @description Webhooks on a page. */
                per_page?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    registerWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description The webhook, not yet verified. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    verifyWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The code.
                 * @example 4addd2b9-5cd7-497f-9f32-52ff0718ddbb
                 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook is verified. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    requestVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 12343
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is sent to the URL. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerificationCode"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 12343
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    sendVerificationCode: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerificationCode"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendJobState: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobStateChanged"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendJobStateChangedV2: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobStateChangedV2"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendModelCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendModelStateChanged: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendCaptureRequestStateChanged: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendInspectionStateChanged: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendDeliverableChangeRequestStateChanged: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendProjectManagementProductionListCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendInstantDesignImageCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstantDesignImageCreated"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendInstantDesignLeadFormSubmitted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description sha256=, the webhook's id, a colon, and base64(HMAC-SHA256(hmac_secret, text)), where the text is the content type, the base64 of
                 *     the body's MD5, the path without query and the Date header, joined by commas.
                 * @example sha256=12343:elI9h0ri4hL2bCbXrJuhOBe5Dlu/OnsqmZf8XX6pQqw=
                 */
                "Hover-Signature-256": components["parameters"]["Signature256"];
                /**
                 * @description The same with SHA-1, after sha1=.
                 * @example sha1=12343:yBomkqqfGs1kQYxFYkiUFNDrxg0=
                 */
                "Hover-Signature": components["parameters"]["Signature"];
                /** @description When it was sent; signed. */
                Date: components["parameters"]["Date"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OtherEvent"];
            };
        };
        responses: {
            /** @description Received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
