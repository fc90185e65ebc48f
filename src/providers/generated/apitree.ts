// Types of openapi/apitree.yaml, made by `npm run types`. Edit the document, not this file.

export interface paths {
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Gets all webhooks of the authenticated user.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Creates a webhook. A maximum of 30 webhooks can be created; the next is refused with 403.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Unique webhook identifier (version 4 UUID).
                 * @example d679ce92-572a-4dcd-b5a1-c72fc449b61e
                 */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description One webhook, with its secret and its last delivery.
         */
        get: operations["getWebhook"];
        /**
         * Update a webhook
         * @description Changes a webhook. Fields that are omitted stay as they are; `url` is read-only once the webhook is created, and a changed one
         *     is ignored, as are all other read-only fields. Activating a webhook that was disabled lets it be told again.
         */
        put: operations["updateWebhook"];
        post?: never;
        /**
         * Delete a webhook
         * @description Deletes a webhook; what waits to be delivered to it is not delivered any more.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Update some fields of a webhook
         * @description The same as PUT.
         */
        patch: operations["patchWebhook"];
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token
         * @description The password flow of OAuth 2.0 (RFC 6749, section 4.3), and the renewal of a token. Served by the Auth-API.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "webhook.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A webhook was created
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["webhookCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API was created
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["apiCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "api.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An API was deleted
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["apiDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "release.released": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A release was published
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["releaseReleased"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "release.deprecated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A release was deprecated
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["releaseDeprecated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "release.endOfLife": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A release reached its end of life
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["releaseEndOfLife"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "release.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A release was deleted
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["releaseDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "plan.subscribed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A plan was subscribed to
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["planSubscribed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A user was created
         * @description Sent to every active webhook that names the event and whose API or organization it concerns.
         */
        post: operations["userCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Format: uuid
         * @description A version 4 UUID.
         */
        Id: string;
        ErrorResponse: {
            /** @description Not described; the HTTP status, by the sample. */
            code: number;
            /** @description Detailed information about the error. */
            message: string;
        };
        Webhook: {
            /** @description Unique webhook identifier. */
            readonly id: components["schemas"]["Id"];
            readonly user: components["schemas"]["User"];
            /** @description The user or organization it is for. */
            userId?: string;
            /** @description The single API it is for. */
            apiId?: components["schemas"]["Id"];
            readonly url: components["schemas"]["Url"];
            /** @description Events to subscribe to. "Only API events are supported", yet samples name others; any name is taken. */
            events: components["schemas"]["EventSubscription"][];
            /** @description Verifies that deliveries come from ApiTree. Its form is that of the sample. */
            readonly secret: string;
            /**
             * @description If false, no events are sent.
             * @default true
             */
            active: boolean;
            /** @description Additional information in JSON format. */
            custom?: string;
            /**
             * Format: date-time
             * @description UTC.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description UTC.
             */
            readonly updatedAt: string;
            /** @description Absent before the first. */
            readonly lastDelivery?: components["schemas"]["WebhookDelivery"];
        };
        /**
         * @description A Webhook, whose read-only fields are ignored, all but `url`. It is for one API or for one user or organization; by default
         *     for whoever creates it.
         */
        WebhookCreate: {
            /** @description The user or organization it is for. */
            userId?: string;
            /** @description The single API it is for. */
            apiId?: components["schemas"]["Id"];
            url: components["schemas"]["Url"];
            /** @description Events to subscribe to. */
            events: components["schemas"]["EventSubscription"][];
            /**
             * @description If false, no events are sent.
             * @default true
             */
            active: boolean;
            /** @description Additional information in JSON format. */
            custom?: string;
        };
        /** @description A Webhook, whose read-only fields are ignored. */
        WebhookUpdate: {
            /** @description The user or organization it is for. */
            userId?: string;
            /** @description The single API it is for. */
            apiId?: components["schemas"]["Id"];
            /** @description Events to subscribe to. */
            events?: components["schemas"]["EventSubscription"][];
            /** @description If false, no events are sent. */
            active?: boolean;
            /** @description Additional information in JSON format. */
            custom?: string;
        };
        /**
         * Format: uri
         * @description Payload URL, where deliveries go.
         */
        Url: string;
        EventSubscription: {
            /** @description Such as api.created. */
            name: string;
        };
        /**
         * @description The last delivery. Null where no answer arrived.
         * @example {
         *       "success": true,
         *       "statusCode": 200,
         *       "response": "OK",
         *       "timestamp": "2019-04-17T11:25:37Z"
         *     }
         */
        WebhookDelivery: {
            /** @description Whether the answer was 2xx. */
            success: boolean;
            /**
             * Format: int64
             * @description HTTP response status code.
             */
            statusCode: number | null;
            /** @description "HTTP response header and body"; the sample is a body alone. */
            response: string | null;
            /**
             * Format: date-time
             * @description When it was delivered; its text is that of createdAt.
             */
            timestamp: string;
        };
        /**
         * @example {
         *       "id": "100005",
         *       "nickname": "john-doe"
         *     }
         */
        User: {
            /** @description Unique user ID. */
            id: string;
            /** @description Nickname. */
            nickname?: string;
        };
        /** @description What a webhook is told. */
        Event: {
            /** @description Name of the event. */
            name: string;
            /**
             * Format: date-time
             * @description Timestamp of the event.
             */
            timestamp: string;
            /** @description User who triggered the event. */
            user: components["schemas"]["User"];
            /** @description The object type of the resource. */
            resourceType: string;
            /** @description Resource object. */
            resource: Record<string, never>;
        };
        /** @description An API, as far as events tell of it. */
        Api: {
            id: components["schemas"]["Id"];
            name: string;
            /** @description The user or organization it belongs to. */
            userId: string;
            /** @enum {string} */
            visibility?: "public" | "private";
        };
        /** @description A release of an API, as far as events tell of it. */
        Release: {
            id: components["schemas"]["Id"];
            apiId: components["schemas"]["Id"];
            version: string;
            /** @description The user or organization its API belongs to. */
            userId: string;
            /** @enum {string} */
            status: "draft" | "released" | "deprecated" | "endOfLife";
        };
        TokenRequest: {
            /** @description password or refresh_token. */
            grant_type: string;
            username?: string;
            /** Format: password */
            password?: string;
            refresh_token?: string;
            /** @description Separated by spaces; all that can be had where it is omitted. */
            scope?: string;
        };
        Token: {
            /** @description A JWT. */
            access_token: string;
            token_type: string;
            /** @description Seconds. */
            expires_in: number;
            refresh_token?: string;
            scope?: string;
        };
    };
    responses: {
        /** @description The event is received. */
        EventReceived: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Nobody is here any more; the webhook is disabled. */
        EventGone: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Something sent is invalid. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no valid token. */
        AccessDenied: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description The token lacks the scope, or there are 30 webhooks already. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
        /** @description There is no such webhook. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorResponse"];
            };
        };
    };
    parameters: {
        /**
         * @description base64(HMAC-SHA1(secret, url + body)).
         * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
         */
        Signature: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listWebhooks: {
        parameters: {
            query?: {
                /**
                 * @description Filter by API identifier.
                 * @example 5e4b7f0c-3c0b-4d0e-9b58-0a5b3b1f4c11
                 */
                apiId?: components["schemas"]["Id"];
                /**
                 * @description Filter by user or organization identifier.
                 * @example 10123
                 */
                userId?: string;
                /**
                 * @description Filter by event name.
                 * @example api.created
                 */
                eventName?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhooks, as a bare array. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
            403: components["responses"]["Forbidden"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookCreate"];
            };
        };
        responses: {
            /** @description The new webhook, with its secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
            403: components["responses"]["Forbidden"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Unique webhook identifier (version 4 UUID).
                 * @example d679ce92-572a-4dcd-b5a1-c72fc449b61e
                 */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Unique webhook identifier (version 4 UUID).
                 * @example d679ce92-572a-4dcd-b5a1-c72fc449b61e
                 */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookUpdate"];
            };
        };
        responses: {
            /** @description It is updated. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Unique webhook identifier (version 4 UUID).
                 * @example d679ce92-572a-4dcd-b5a1-c72fc449b61e
                 */
                id: components["schemas"]["Id"];
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    patchWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Unique webhook identifier (version 4 UUID).
                 * @example d679ce92-572a-4dcd-b5a1-c72fc449b61e
                 */
                id: components["schemas"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookUpdate"];
            };
        };
        responses: {
            /** @description It is updated. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
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
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
                "application/json": components["schemas"]["TokenRequest"];
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["AccessDenied"];
        };
    };
    webhookCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    apiCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    apiDeleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    releaseReleased: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    releaseDeprecated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    releaseEndOfLife: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    releaseDeleted: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    planSubscribed: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
    userCreated: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description base64(HMAC-SHA1(secret, url + body)).
                 * @example UokqKZ7YJ6L9nevOWzs6O4dhnfc=
                 */
                "X-ApiTree-Signature": components["parameters"]["Signature"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Event"];
            };
        };
        responses: {
            410: components["responses"]["EventGone"];
            "2XX": components["responses"]["EventReceived"];
        };
    };
}
