// Types of openapi/hive.yaml, made by `npm run types`. Edit the document, not this file.

export interface paths {
    "/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve an access token
         * @description Creates an access token from the API key and secret, sent by HTTP Basic authentication: base64 of `key:secret`.
         *     (The reference's example shows them unencoded; its prose and Hive's sample application encode them.)
         */
        get: operations["createToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all customers
         * @description All customers, the most recently created first. The reference says that this request should never return an error;
         *     without a valid token it does all the same, as every request must be authenticated.
         */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Create a customer
         * @description Creates a new customer.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customer's identifier.
                 * @example 8462e8ce-4245-4eca-835c-4a160b93b030
                 */
                id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a customer
         * @description The details of one customer.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        /**
         * Delete a customer
         * @description Deletes a customer for good, with any checks or reports of theirs. Sessions are not mentioned, and stay; the files of
         *     the deleted checks go with them.
         */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        /**
         * Update a customer
         * @description Sets the fields that are sent and leaves all others unchanged. That `updated_at` moves is not promised: it does not
         *     in the reference's sample.
         */
        patch: operations["updateCustomer"];
        trace?: never;
    };
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all sessions
         * @description All sessions.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Create a session
         * @description Creates a session and answers nothing but its token, a JWT that initialises the SDK. The session's id is the token's
         *     claim `session_id`.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session's identifier.
                 * @example d8779205-f122-4325-af25-942e7850b696
                 */
                id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a session
         * @description The details of one session.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /**
         * Delete a session
         * @description Deletes a session for good. Unlike the other deletions it answers only the id.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all checks
         * @description All checks.
         */
        get: operations["listChecks"];
        put?: never;
        /**
         * Create a check
         * @description Creates a check of a completed session. It starts as `processing`, without a decision.
         */
        post: operations["createCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The check's identifier.
                 * @example db3590ce-3121-4b0d-9839-733709727f7b
                 */
                id: components["parameters"]["CheckId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a check
         * @description The details of one check.
         */
        get: operations["getCheck"];
        put?: never;
        post?: never;
        /**
         * Delete a check
         * @description Deletes a check for good, with its report and files.
         */
        delete: operations["deleteCheck"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/checks/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The check's identifier.
                 * @example db3590ce-3121-4b0d-9839-733709727f7b
                 */
                id: components["parameters"]["CheckId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a report
         * @description The report of a check. Until the check is completed there is none, and the answer is 404.
         */
        get: operations["getReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all files
         * @description All files.
         */
        get: operations["listFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The file's identifier.
                 * @example e1e0cdc7-5c10-4fe9-85c8-18add6596ef0
                 */
                id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /**
         * Retrieve a file
         * @description The details of one file; its `url` is where to download it.
         */
        get: operations["getFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/downloads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The file's identifier.
                 * @example e1e0cdc7-5c10-4fe9-85c8-18add6596ef0
                 */
                id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        /**
         * Download a file
         * @description The bytes of a file. Served by a host of its own.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all webhooks
         * @description All webhooks, the most recently created first. There is no operation that reads a single one.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Registers an endpoint for one type of event.
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
                 * @description The webhook's identifier. (The reference's example URLs carry the id of a customer here; its answers name the webhook's.)
                 * @example 44a56725-de93-4759-a3c3-1885fcd6e868
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
         * @description Deletes a webhook for good.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Update a webhook
         * @description Sets the fields that are sent and leaves all others unchanged. The reference calls endpoint, type and is_sandbox
         *     required, but its example sends only is_active, which it does not list; all four are optional here.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
}
export interface webhooks {
    "check.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A check went from processing to completed
         * @description Sent to every active webhook of the type `check.completed` whose `is_sandbox` is that of the environment. The reference
         *     names the type and the fields of a webhook, and nothing else: not the payload, nor a signature (a webhook has no secret),
         *     nor what counts as received, nor retries. Taken here: a JSON POST without a signature, ten seconds for the answer, any
         *     2xx received, no retries.
         */
        post: operations["checkCompleted"];
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
         * @description Unique identifier for the object.
         * @example 8462e8ce-4245-4eca-835c-4a160b93b030
         */
        Id: string;
        /**
         * @description Unix time in seconds.
         * @example 1602241760
         */
        Timestamp: number;
        /** @description Key-value pairs that you can attach to the object. In a form each is a field metadata[key], and its value is a string. */
        Metadata: {
            [key: string]: unknown;
        };
        /** @description A required text; that an empty one is refused is a choice of this document. */
        NonEmptyString: string;
        ListMeta: {
            /** @description Number of entries. There are no pages. */
            total: number;
        };
        /** @description An error. */
        Error: {
            error: {
                /** @description What went wrong. */
                message: string;
            };
        };
        AccessToken: {
            /** @description Opaque; sent as `Authorization: Bearer <access_token>`. */
            access_token: string;
            /** @description Lifetime in seconds. */
            expires_in: number;
        };
        /** @description An individual who is the subject of a verification check. */
        Customer: {
            id: components["schemas"]["Id"];
            /**
             * Format: email
             * @description Customer's email address.
             */
            email: string;
            /** @description Customer's phone number. */
            phone: string | null;
            /** @description Customer's first name. */
            first_name: string | null;
            /** @description Customer's middle name. */
            middle_name: string | null;
            /** @description Customer's last name. */
            last_name: string | null;
            /**
             * @description Customer's gender. International regulations require either "male" or "female".
             * @enum {string|null}
             */
            gender: "male" | "female" | null;
            /**
             * Format: date
             * @description Customer's date of birth as yyyy-mm-dd.
             */
            dob: string | null;
            metadata: components["schemas"]["Metadata"];
            /** @description Time at which the customer was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Time at which the customer was last updated. */
            updated_at: components["schemas"]["Timestamp"];
        };
        /** @description Whether other fields are refused is not stated; they are ignored. */
        CustomerCreate: {
            /**
             * Format: email
             * @description Customer's email address.
             */
            email: string;
            /** @description Customer's phone number. */
            phone?: string;
            /** @description Customer's first name. */
            first_name?: string;
            /** @description Customer's last name. */
            last_name?: string;
            /** @description Customer's middle name. */
            middle_name?: string;
            /**
             * @description Customer's gender.
             * @enum {string}
             */
            gender?: "male" | "female";
            /**
             * Format: date
             * @description Customer's date of birth as yyyy-mm-dd.
             */
            dob?: string;
            metadata?: components["schemas"]["Metadata"];
        };
        /** @description Mostly the same fields as for creation, all optional. Whether other fields are refused is not stated; they are ignored. */
        CustomerUpdate: {
            /**
             * Format: email
             * @description Customer's email address.
             */
            email?: string;
            /** @description Customer's phone number. */
            phone?: string;
            /** @description Customer's first name. */
            first_name?: string;
            /** @description Customer's last name. */
            last_name?: string;
            /** @description Customer's middle name. */
            middle_name?: string;
            /**
             * @description Customer's gender.
             * @enum {string}
             */
            gender?: "male" | "female";
            /**
             * Format: date
             * @description Customer's date of birth as yyyy-mm-dd.
             */
            dob?: string;
            metadata?: components["schemas"]["Metadata"];
        };
        CustomerList: {
            data: components["schemas"]["Customer"][];
            meta: components["schemas"]["ListMeta"];
        };
        /** @description One submission attempt of a customer. The field names differ from those of its creation, as documented. */
        Session: {
            id: components["schemas"]["Id"];
            /** @description Customer's unique identifier. */
            customer: components["schemas"]["Id"];
            /** @description Customer's full name: first, middle and last name. Null is not shown; it is taken to stand for a customer without any. */
            full_name: string | null;
            /**
             * Format: email
             * @description Customer's email address.
             */
            email: string;
            /**
             * Format: uuid
             * @description The application whose key created the session.
             */
            application_id: string;
            /**
             * Format: uuid
             * @description The workspace of the application.
             */
            workspace_id: string;
            /**
             * Format: uuid
             * @description The session's check, once there is one. The reference describes it as a string and shows null; when it is filled
             *     is not stated.
             */
            check_id: string | null;
            /** @description Not described; null in all samples. */
            intent: string | null;
            /**
             * @description `completed` in all samples. Also `created`, `canceled` and `expired` here: Hive's SDK emits completed and canceled, and
             *     a session expires. Other words are possible.
             */
            status: string;
            /** @description Time at which the session will expire. */
            expires_at: components["schemas"]["Timestamp"];
            /** @description Time at which the session was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Time at which the session was last updated. */
            updated_at: components["schemas"]["Timestamp"];
        };
        SessionCreate: {
            /** @description The customer this session belongs to. Required, though the reference adds "if one exists". */
            customer_id: components["schemas"]["Id"];
            /** @description Application key to be used with the SDK, from the Hive Dashboard. Those known are 32 letters and digits. */
            application_key: components["schemas"]["NonEmptyString"];
        };
        SessionToken: {
            /** @description A JSON Web Token (HS256) with the claims room, session_id, iat and exp. */
            session_token: string;
        };
        DeletedSession: {
            id: components["schemas"]["Id"];
            /** @description The prose speaks of "an object with a deleted parameter", the sample has only the id. Tolerated, not sent here. */
            deleted?: boolean;
        };
        SessionList: {
            data: components["schemas"]["Session"][];
            meta: components["schemas"]["ListMeta"];
        };
        /** @description The verification of a customer by what a session brought. */
        Check: {
            id: components["schemas"]["Id"];
            /** @description Customer's session unique identifier. */
            session_id: components["schemas"]["Id"];
            /** @description `processing` in all samples; `completed` afterwards, as the webhook type check.completed says. Other words are possible. */
            status: string;
            /** @description Null while processing. Then the result of the report, since no other words for an outcome are documented. */
            decision: string | null;
            /** @description Time at which the check was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Time at which the check was last updated. */
            updated_at: components["schemas"]["Timestamp"];
        };
        CheckCreate: {
            /** @description Unique identifier of the completed session. */
            session_id: components["schemas"]["Id"];
        };
        CheckList: {
            data: components["schemas"]["Check"][];
            meta: components["schemas"]["ListMeta"];
        };
        CheckCompletedEvent: {
            /** @constant */
            type: "check.completed";
            data: components["schemas"]["Check"];
        };
        /**
         * @description `clear`, `caution` and `consider` are known. Left open: in the sample one status is a sentence, "MRZ is not valid". A status
         *     does not follow from those below it.
         */
        ReportStatus: string;
        /** @description What was found about one trait, or about a group of them. */
        ReportTrait: {
            status: components["schemas"]["ReportStatus"];
            /** @description Why the status is not clear. */
            reason?: string;
        };
        /** @description What was found about a customer, and the overall assessment. */
        Report: {
            id: components["schemas"]["Id"];
            /** @description The check that the report belongs to. */
            check_id: components["schemas"]["Id"];
            /** @description Version of the report; 1 in the sample. */
            version: number;
            /** @description The overall assessment: clear, caution or consider. */
            result: components["schemas"]["ReportStatus"];
            /** @description Not described; between the other two in the sample. */
            processed: components["schemas"]["Timestamp"];
            /** @description Not described; the earliest of the three in the sample. */
            submitted: components["schemas"]["Timestamp"];
            /** @description Not described; the latest of the three in the sample. */
            generated: components["schemas"]["Timestamp"];
            document_report: components["schemas"]["DocumentReport"];
            facial_report: components["schemas"]["FacialReport"];
            customer_report: components["schemas"]["CustomerReport"];
        };
        /** @description The identity document. */
        DocumentReport: {
            data_consistency: components["schemas"]["DocumentDataConsistency"];
            data_validation: components["schemas"]["DocumentDataValidation"];
            document_visual_authenticity: components["schemas"]["DocumentVisualAuthenticity"];
            properties: components["schemas"]["DocumentProperties"];
        } & components["schemas"]["ReportTrait"];
        /** @description Whether what the document says in one place agrees with what it says in another. */
        DocumentDataConsistency: {
            document_number?: components["schemas"]["ReportTrait"];
            date_of_expiry?: components["schemas"]["ReportTrait"];
            date_of_birth?: components["schemas"]["ReportTrait"];
            personal_number?: components["schemas"]["ReportTrait"];
            surname?: components["schemas"]["ReportTrait"];
            given_names?: components["schemas"]["ReportTrait"];
            gender?: components["schemas"]["ReportTrait"];
            surname_and_given_names?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description Whether what the document says can be true. */
        DocumentDataValidation: {
            document_number?: components["schemas"]["ReportTrait"];
            date_of_expiry?: components["schemas"]["ReportTrait"];
            date_of_issue?: components["schemas"]["ReportTrait"];
            date_of_birth?: components["schemas"]["ReportTrait"];
            gender?: components["schemas"]["ReportTrait"];
            /** @description The machine-readable zone. */
            mrz?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description Whether the document looks genuine. */
        DocumentVisualAuthenticity: {
            template?: components["schemas"]["ReportTrait"];
            fonts?: components["schemas"]["ReportTrait"];
            face_detection?: components["schemas"]["ReportTrait"];
            security_features?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description What was read from the document. All texts, numbers too; dates are written dd.mm.yyyy. */
        DocumentProperties: {
            document_title?: string;
            year?: string;
            icao_code?: string;
            country_name?: string;
            document_class_code?: string;
            issuing_state_code?: string;
            document_number?: string;
            date_of_expiry?: string;
            date_of_issue?: string;
            date_of_birth?: string;
            place_of_birth?: string;
            personal_number?: string;
            surname?: string;
            given_names?: string;
            nationality?: string;
            /** @description As on the document: M or F. */
            gender?: string;
            surname_and_given_names?: string;
            nationality_code?: string;
            mrz_type?: string;
            mrz_name?: string;
            issuing_state_name?: string;
            /** @description The lines of the machine-readable zone, with ^ between them. */
            mrz_strings?: string;
            document_number_checkdigit?: string;
            date_of_birth_checkdigit?: string;
            date_of_expiry_checkdigit?: string;
            /** @description Spelt without underscores. */
            finalcheckdigit?: string;
            card_access_number?: string;
            mrz_strings_with_correct_checksums?: string;
            /** @description Years, as a text. */
            age?: string;
            /** @description Months, as a text. */
            months_to_expire?: string;
        };
        /** @description The customer's face, and whether it is the one on the document. */
        FacialReport: {
            image_integrity: components["schemas"]["FacialImageIntegrity"];
            face_comparison: components["schemas"]["FaceComparison"];
            visual_authenticity: components["schemas"]["FacialVisualAuthenticity"];
            properties: components["schemas"]["FacialProperties"];
        } & components["schemas"]["ReportTrait"];
        /** @description Whether the picture is good enough. */
        FacialImageIntegrity: {
            brightness?: components["schemas"]["ReportTrait"];
            sharpness?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description Whether the face is the one on the document. */
        FaceComparison: {
            similarity?: components["schemas"]["ReportTrait"];
            age_range?: components["schemas"]["ReportTrait"];
            gender?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description Whether the picture shows a living person. */
        FacialVisualAuthenticity: {
            liveness?: components["schemas"]["ReportTrait"];
            emotion?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description What was measured in the picture. */
        FacialProperties: {
            /** @description Written out, such as Male. */
            gender?: string;
            emotions?: string[];
            /** @description Such as 19 - 37. */
            age_range?: string;
            beard?: boolean;
            mustache?: boolean;
            eyeglasses?: boolean;
            live?: boolean;
            /** @description From 0 to 1 in the sample. */
            liveness?: number;
            faces_match?: boolean;
            /** @description 0 in the sample, while the reason of the trait says 5%. */
            similarity?: number;
            brightness?: number;
            sharpness?: number;
        };
        /** @description Where the customer came from, and with which device. */
        CustomerReport: {
            ip: components["schemas"]["CustomerIp"];
            device_fingerprint: components["schemas"]["DeviceFingerprint"];
            properties: components["schemas"]["CustomerProperties"];
        } & components["schemas"]["ReportTrait"];
        /** @description The IP address that the customer came from. */
        CustomerIp: {
            tor?: components["schemas"]["ReportTrait"];
            vpn?: components["schemas"]["ReportTrait"];
            web_proxy?: components["schemas"]["ReportTrait"];
            public_proxy?: components["schemas"]["ReportTrait"];
            spam_blacklist?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description The device that the customer used. */
        DeviceFingerprint: {
            fingerprint_authenticity?: components["schemas"]["ReportTrait"];
            fingerprint_attempted_fraud?: components["schemas"]["ReportTrait"];
        } & components["schemas"]["ReportTrait"];
        /** @description What is known of the customer's address, phone and devices. */
        CustomerProperties: {
            /** @description Empty in the sample. */
            email?: Record<string, never>;
            /** @description Empty in the sample. */
            phone?: Record<string, never>;
            mobile?: components["schemas"]["Device"];
            desktop?: components["schemas"]["Device"];
        };
        /** @description One device, by what its browser and its network tell. */
        Device: {
            fraud_score?: number;
            proxy_score?: number;
            device_hash?: string;
            platform?: string;
            os?: string;
            user_agent?: string;
            browser?: string;
            browser_version?: string;
            region_language?: string;
            /** @description Such as +03:00. */
            region_timezone?: string;
            /** @description Such as 896x414. */
            screen_resolution?: string;
            screen_color_depth?: number;
            screen_pixel_ratio?: number;
            ip?: string;
            country?: string;
            /** @description Kind of network. */
            type?: string;
            latitude?: number;
            longitude?: number;
            spam_number?: number;
        };
        /** @description An image of an identity document or of the customer's face. */
        File: {
            id: components["schemas"]["Id"];
            /** @description `portrait` in all samples. Other words are possible. */
            type: string;
            /** @description Key-value pairs; no operation sets them. */
            metadata: components["schemas"]["Metadata"];
            /**
             * Format: uri
             * @description The URI that can be used to download the file.
             */
            url: string;
            /** @description Unique identifier for the associated check. */
            check: components["schemas"]["Id"];
            /** @description Time at which the file was uploaded. */
            created_at: components["schemas"]["Timestamp"];
        };
        FileList: {
            data: components["schemas"]["File"][];
            meta: components["schemas"]["ListMeta"];
        };
        /** @description An endpoint that is told of one type of event. */
        Webhook: {
            id: components["schemas"]["Id"];
            /**
             * Format: uri
             * @description The URL that events are sent to.
             */
            endpoint: string;
            /**
             * Format: uuid
             * @description The workspace it belongs to; sessions call it workspace_id.
             */
            workspace: string;
            /** @description The type of event. Only `check.completed` is known. */
            type: string;
            /** @description Whether events are sent. */
            is_active: boolean;
            /** @description Whether it is for the sandbox. */
            is_sandbox: boolean;
            /** @description Time at which the webhook was created. */
            created_at: components["schemas"]["Timestamp"];
            /** @description Time at which the webhook was last updated. */
            updated_at: components["schemas"]["Timestamp"];
        };
        WebhookCreate: {
            /**
             * Format: uri
             * @description The URL that events are sent to.
             */
            endpoint: string;
            /** @description The type of event. Only `check.completed` is known. */
            type: components["schemas"]["NonEmptyString"];
            /** @description Whether it is for the sandbox; `true` or `false` in a form. */
            is_sandbox: boolean;
        };
        WebhookUpdate: {
            /**
             * Format: uri
             * @description The URL that events are sent to.
             */
            endpoint?: string;
            /** @description The type of event. Only `check.completed` is known. */
            type?: components["schemas"]["NonEmptyString"];
            /** @description Whether it is for the sandbox; `true` or `false` in a form. */
            is_sandbox?: boolean;
            /** @description Whether events are sent; `true` or `false` in a form. */
            is_active?: boolean;
        };
        WebhookList: {
            data: components["schemas"]["Webhook"][];
            meta: components["schemas"]["ListMeta"];
        };
    };
    responses: {
        /** @description A parameter is missing or invalid, or a check was asked for of a session that is not completed. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The credentials are missing, wrong or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Nothing has this identifier, or not any more. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description The customer's identifier.
         * @example 8462e8ce-4245-4eca-835c-4a160b93b030
         */
        CustomerId: components["schemas"]["Id"];
        /**
         * @description The session's identifier.
         * @example d8779205-f122-4325-af25-942e7850b696
         */
        SessionId: components["schemas"]["Id"];
        /**
         * @description The check's identifier.
         * @example db3590ce-3121-4b0d-9839-733709727f7b
         */
        CheckId: components["schemas"]["Id"];
        /**
         * @description The file's identifier.
         * @example e1e0cdc7-5c10-4fe9-85c8-18add6596ef0
         */
        FileId: components["schemas"]["Id"];
        /**
         * @description The webhook's identifier. (The reference's example URLs carry the id of a customer here; its answers name the webhook's.)
         * @example 44a56725-de93-4759-a3c3-1885fcd6e868
         */
        WebhookId: components["schemas"]["Id"];
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A new access token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    listCustomers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All customers, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["CustomerCreate"];
                "application/json": components["schemas"]["CustomerCreate"];
            };
        };
        responses: {
            /** @description The new customer. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customer's identifier.
                 * @example 8462e8ce-4245-4eca-835c-4a160b93b030
                 */
                id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customer's identifier.
                 * @example 8462e8ce-4245-4eca-835c-4a160b93b030
                 */
                id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The customer's identifier.
                 * @example 8462e8ce-4245-4eca-835c-4a160b93b030
                 */
                id: components["parameters"]["CustomerId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["CustomerUpdate"];
                "application/json": components["schemas"]["CustomerUpdate"];
            };
        };
        responses: {
            /** @description The customer as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["SessionCreate"];
                "application/json": components["schemas"]["SessionCreate"];
            };
        };
        responses: {
            /** @description The token of the new session. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionToken"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session's identifier.
                 * @example d8779205-f122-4325-af25-942e7850b696
                 */
                id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The session's identifier.
                 * @example d8779205-f122-4325-af25-942e7850b696
                 */
                id: components["parameters"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The id of the deleted session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedSession"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listChecks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All checks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    createCheck: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["CheckCreate"];
                "application/json": components["schemas"]["CheckCreate"];
            };
        };
        responses: {
            /** @description The new check. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    getCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The check's identifier.
                 * @example db3590ce-3121-4b0d-9839-733709727f7b
                 */
                id: components["parameters"]["CheckId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The check. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The check's identifier.
                 * @example db3590ce-3121-4b0d-9839-733709727f7b
                 */
                id: components["parameters"]["CheckId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The check as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The check's identifier.
                 * @example db3590ce-3121-4b0d-9839-733709727f7b
                 */
                id: components["parameters"]["CheckId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listFiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All files. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileList"];
                };
            };
            401: components["responses"]["Unauthorized"];
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The file's identifier.
                 * @example e1e0cdc7-5c10-4fe9-85c8-18add6596ef0
                 */
                id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file's details. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    downloadFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The file's identifier.
                 * @example e1e0cdc7-5c10-4fe9-85c8-18add6596ef0
                 */
                id: components["parameters"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                    "image/jpeg": unknown;
                    "application/octet-stream": unknown;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All webhooks, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            401: components["responses"]["Unauthorized"];
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
                "application/x-www-form-urlencoded": components["schemas"]["WebhookCreate"];
                "application/json": components["schemas"]["WebhookCreate"];
            };
        };
        responses: {
            /** @description The new webhook. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's identifier. (The reference's example URLs carry the id of a customer here; its answers name the webhook's.)
                 * @example 44a56725-de93-4759-a3c3-1885fcd6e868
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook as it was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's identifier. (The reference's example URLs carry the id of a customer here; its answers name the webhook's.)
                 * @example 44a56725-de93-4759-a3c3-1885fcd6e868
                 */
                id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["WebhookUpdate"];
                "application/json": components["schemas"]["WebhookUpdate"];
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    checkCompleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckCompletedEvent"];
            };
        };
        responses: {
            /** @description The event is received. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
