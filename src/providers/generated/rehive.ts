// Types of openapi/rehive.yaml, made by `npm run types`. Edit the document, not this file.

export interface paths {
    "/3/admin/webhooks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /** Create a webhook */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/3/admin/webhooks/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        /** Retrieve a webhook */
        get: operations["getWebhook"];
        /**
         * Update a webhook by its required fields
         * @description URL and event must be sent; other fields that are left out stay as they are.
         */
        put: operations["replaceWebhook"];
        post?: never;
        /**
         * Delete a webhook
         * @description (The reference's curl line has PATCH; its JavaScript and Python delete.)
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Update a webhook
         * @description Fields that are left out stay as they are.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/3/admin/webhook-tasks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook tasks */
        get: operations["listWebhookTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/3/admin/webhook-tasks/{id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task's id.
                 * @example 1
                 */
                id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /** Retrieve a webhook task */
        get: operations["getWebhookTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/3/admin/webhook-tasks/{id}/requests/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task's id.
                 * @example 1
                 */
                id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /** List the requests of a webhook task */
        get: operations["listWebhookTaskRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/3/admin/webhook-tasks/{id}/requests/{request_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task's id.
                 * @example 1
                 */
                id: components["parameters"]["TaskId"];
                /**
                 * @description The request's id.
                 * @example 1
                 */
                request_id: number;
            };
            cookie?: never;
        };
        /** Retrieve a request of a webhook task */
        get: operations["getWebhookTaskRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "currency.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A currency was created */
        post: operations["sendCurrencyCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "currency.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A currency was updated */
        post: operations["sendCurrencyUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A user was created */
        post: operations["sendUserCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A user was updated */
        post: operations["sendUserUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.password.reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A user asked to reset the password */
        post: operations["sendUserPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.email.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An e-mail address is to be verified */
        post: operations["sendUserEmailVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "user.mobile.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A mobile number is to be verified */
        post: operations["sendUserMobileVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "mfa.sms.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time password is to be sent by SMS */
        post: operations["sendMfaSmsVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "email.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An e-mail address was created */
        post: operations["sendEmailCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "email.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An e-mail address was updated */
        post: operations["sendEmailUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "mobile.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A mobile number was created */
        post: operations["sendMobileCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "mobile.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A mobile number was updated */
        post: operations["sendMobileUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "address.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address was created */
        post: operations["sendAddressCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "address.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address was updated */
        post: operations["sendAddressUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "document.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A document was created */
        post: operations["sendDocumentCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "document.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A document was updated */
        post: operations["sendDocumentUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bank_account.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A bank account was created */
        post: operations["sendBankAccountCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "bank_account.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A bank account was updated */
        post: operations["sendBankAccountUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "crypto_account.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A crypto account was created */
        post: operations["sendCryptoAccountCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "crypto_account.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A crypto account was updated */
        post: operations["sendCryptoAccountUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "account.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An account was created */
        post: operations["sendAccountCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "account.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An account was updated */
        post: operations["sendAccountUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "transaction.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A transaction was created */
        post: operations["sendTransactionCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "transaction.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A transaction was updated */
        post: operations["sendTransactionUpdate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "transaction.initiate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A transaction was initiated and is pending */
        post: operations["sendTransactionInitiate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "transaction.execute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A transaction was executed and is complete or has failed */
        post: operations["sendTransactionExecute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description The unique id of the request; repetitions of one request share it. */
        RequestId: number;
        /** @description The company identifier. */
        Company: string;
        /**
         * @description Milliseconds since the Unix epoch.
         * @example 1497431721587
         */
        Time: number;
        Error: {
            /** @constant */
            status: "error";
            message: string;
            data?: {
                [key: string]: string[];
            };
        };
        Success: {
            /** @constant */
            status: "success";
        };
        Webhook: {
            readonly id: number;
            /** Format: uri */
            url: string;
            event: string;
            condition: string | null;
            secret: string;
            enabled?: boolean;
            /** @description The service that made it. */
            readonly service?: Record<string, never> | number | string | null;
            archived: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        WebhookAnswer: {
            /** @constant */
            status: "success";
            data: components["schemas"]["Webhook"];
        };
        WebhookList: {
            /** @constant */
            status: "success";
            data: {
                /** @description Left out with pagination=cursor. */
                count?: number;
                next: components["schemas"]["PageLink"];
                previous: components["schemas"]["PageLink"];
                results: components["schemas"]["Webhook"][];
            };
        };
        /** Format: uri */
        PageLink: string | null;
        WebhookUpdate: {
            /**
             * Format: uri
             * @description A development server may be called by plain HTTP.
             */
            url?: string;
            event?: components["schemas"]["EventName"];
            condition?: components["schemas"]["Condition"];
            /** @description Sent in the header Authorization; 32 random characters at least are recommended. */
            secret?: string;
            enabled?: boolean;
            archived?: boolean;
        };
        WebhookInput: WithRequired<components["schemas"]["WebhookUpdate"], "url" | "event">;
        /**
         * @description Says which events are told, by their `data`: a template such as `'{{ tx_type }}' == 'debit'`, filled in and then evaluated
         *     as Python. Here it may hold values, quoted or not, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `and`, `or`, `not`, lists and
         *     parentheses.
         */
        Condition: string | null;
        /**
         * @description The events of the page, and those that Rehive has added since, which nothing fires here.
         * @enum {unknown}
         */
        EventName: "currency.create" | "currency.update" | "user.create" | "user.update" | "user.password.reset" | "user.email.verify" | "user.mobile.verify" | "mfa.sms.verify" | "email.create" | "email.update" | "mobile.create" | "mobile.update" | "address.create" | "address.update" | "document.create" | "document.update" | "bank_account.create" | "bank_account.update" | "crypto_account.create" | "crypto_account.update" | "account.create" | "account.update" | "transaction.create" | "transaction.update" | "transaction.initiate" | "transaction.execute" | "company.link.create" | "company.link.update" | "company.update" | "user.password.set" | "user.deactivate.verify" | "user.request_delete.verify" | "transaction.transition.create" | "transaction.transition.update" | "device.create" | "bank_account.delete" | "account.currency.create";
        WebhookTask: {
            id: components["schemas"]["RequestId"];
            webhook: {
                id: number;
                url: string;
                event: string;
                condition?: string | null;
                secret?: string;
            };
            tries: number;
            completed: number | null;
            failed: number | null;
            archived: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        /** @description A task as it is kept. */
        WebhookTaskRecord: {
            /** @description The request's body. */
            body: string;
        } & components["schemas"]["WebhookTask"];
        WebhookTaskDetail: {
            data: Record<string, never>;
        } & components["schemas"]["WebhookTask"];
        WebhookTaskAnswer: {
            /** @constant */
            status: "success";
            data: components["schemas"]["WebhookTaskDetail"];
        };
        WebhookTaskList: {
            /** @constant */
            status: "success";
            data: {
                count?: number;
                next: components["schemas"]["PageLink"];
                previous: components["schemas"]["PageLink"];
                results: components["schemas"]["WebhookTask"][];
            };
        };
        WebhookRequest: {
            id: number;
            /** @description Null where no answer came. */
            response_code: number | null;
            /** @description Why no answer came. */
            error: string | null;
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        /** @description A request as it is kept. */
        WebhookRequestRecord: {
            /** @description The task's id. */
            task: number;
        } & WithRequired<components["schemas"]["WebhookRequest"], "id">;
        WebhookRequestAnswer: {
            /** @constant */
            status: "success";
            data: components["schemas"]["WebhookRequest"];
        };
        WebhookRequestList: {
            /** @constant */
            status: "success";
            data: {
                count?: number;
                next: components["schemas"]["PageLink"];
                previous: components["schemas"]["PageLink"];
                results: components["schemas"]["WebhookRequest"][];
            };
        };
        Text: string | null;
        /** @description The company's own fields. */
        Metadata: Record<string, never>;
        Group: {
            name: string;
            label?: string;
        };
        ReducedUser: {
            /** Format: uuid */
            id: string;
            email: components["schemas"]["Text"];
            mobile: components["schemas"]["Text"];
            username?: components["schemas"]["Text"];
            first_name?: components["schemas"]["Text"];
            last_name?: components["schemas"]["Text"];
            profile?: components["schemas"]["Text"];
            temporary?: boolean;
            groups?: components["schemas"]["Group"][];
        };
        ReducedCurrency: {
            code: string;
            display_code?: string;
            description?: string;
            symbol?: string;
            unit?: string;
            /** @description Decimal places of the lowest unit. */
            divisibility: number;
            icon?: components["schemas"]["Text"];
        };
        Currency: {
            archived: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        } & components["schemas"]["ReducedCurrency"];
        User: {
            title?: components["schemas"]["Text"];
            gender?: components["schemas"]["Text"];
            birth_date?: components["schemas"]["Text"];
            id_number?: components["schemas"]["Text"];
            nationality?: components["schemas"]["Text"];
            language?: components["schemas"]["Text"];
            timezone?: components["schemas"]["Text"];
            website?: components["schemas"]["Text"];
            business_name?: components["schemas"]["Text"];
            marital_status?: components["schemas"]["Text"];
            fathers_name?: components["schemas"]["Text"];
            mothers_name?: components["schemas"]["Text"];
            grandfathers_name?: components["schemas"]["Text"];
            grandmothers_name?: components["schemas"]["Text"];
            central_bank_number?: components["schemas"]["Text"];
            company?: string;
            /** @description Reference of the user's primary account. */
            account?: string | null;
            /** @description In the currency's lowest unit. */
            balance?: number;
            available_balance?: number;
            currency?: components["schemas"]["ReducedCurrency"];
            settings?: {
                allow_transactions?: boolean;
                allow_debit_transactions?: boolean;
                allow_credit_transactions?: boolean;
                disallowed_transaction_subtypes?: string[];
            };
            verification?: {
                email?: boolean;
                mobile?: boolean;
            };
            verified?: boolean;
            /**
             * @example pending
             * @example verified
             */
            status: string;
            metadata?: components["schemas"]["Metadata"];
            deactivated?: boolean;
            archived: boolean;
            last_login?: number | null;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        } & components["schemas"]["ReducedUser"];
        Email: {
            id: number;
            user: components["schemas"]["ReducedUser"];
            email: string;
            primary: boolean;
            verified: boolean;
            temporary?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        Mobile: {
            id: number;
            user: components["schemas"]["ReducedUser"];
            number: string;
            primary: boolean;
            verified: boolean;
            temporary?: boolean;
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        Address: {
            id: number;
            user: components["schemas"]["ReducedUser"];
            /**
             * @example permanent
             * @example contact
             * @example shipping
             * @example billing
             * @example business
             */
            type: string;
            line_1?: components["schemas"]["Text"];
            line_2?: components["schemas"]["Text"];
            city?: components["schemas"]["Text"];
            state_province?: components["schemas"]["Text"];
            /**
             * @description By ISO 3166-1 alpha-2.
             * @example JP
             */
            country?: string | null;
            postal_code?: components["schemas"]["Text"];
            status?: string;
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        Document: {
            id: number;
            user: components["schemas"]["ReducedUser"];
            /** Format: uri */
            file: string;
            note?: components["schemas"]["Text"];
            document_type?: string;
            document_category?: string;
            status: string;
            metadata?: components["schemas"]["Metadata"];
            expires?: number | null;
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        BankAccount: {
            id: number;
            user: components["schemas"]["ReducedUser"];
            code?: components["schemas"]["Text"];
            name?: components["schemas"]["Text"];
            type?: components["schemas"]["Text"];
            number?: components["schemas"]["Text"];
            bank_name?: components["schemas"]["Text"];
            bank_code?: components["schemas"]["Text"];
            branch_code?: components["schemas"]["Text"];
            branch_address?: components["schemas"]["Text"];
            routing_number?: components["schemas"]["Text"];
            swift?: components["schemas"]["Text"];
            iban?: components["schemas"]["Text"];
            bic?: components["schemas"]["Text"];
            currencies?: components["schemas"]["ReducedCurrency"][];
            status: string;
            metadata?: components["schemas"]["Metadata"];
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        CryptoAccount: {
            id: number;
            user: components["schemas"]["ReducedUser"];
            code?: string;
            name?: components["schemas"]["Text"];
            address: string;
            /** @example bitcoin */
            crypto_type: string;
            /**
             * @example mainnet
             * @example testnet
             */
            network?: string;
            currencies?: components["schemas"]["ReducedCurrency"][];
            status: string;
            metadata?: components["schemas"]["Metadata"];
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        Account: {
            reference: string;
            name: string;
            label?: components["schemas"]["Text"];
            primary?: boolean;
            user: components["schemas"]["ReducedUser"];
            currencies: {
                balance: number;
                available_balance: number;
                currency: components["schemas"]["ReducedCurrency"];
                active?: boolean;
            }[];
            metadata?: components["schemas"]["Metadata"];
            archived?: boolean;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        Transaction: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            collection?: string;
            parent?: components["schemas"]["Text"];
            partner?: components["schemas"]["Text"];
            user: components["schemas"]["ReducedUser"];
            account: string;
            /**
             * @example credit
             * @example debit
             */
            tx_type: string;
            subtype?: components["schemas"]["Text"];
            label?: components["schemas"]["Text"];
            note?: components["schemas"]["Text"];
            reference?: components["schemas"]["Text"];
            metadata?: components["schemas"]["Metadata"];
            /**
             * @example Initiating
             * @example Quoted
             * @example Pending
             * @example Complete
             * @example Failed
             */
            status: string;
            /** @description In the currency's lowest unit. */
            amount: number;
            fee?: number;
            fees?: unknown[];
            total_amount?: number;
            balance?: number;
            currency: components["schemas"]["ReducedCurrency"];
            archived?: boolean;
            executed?: number | null;
            created: components["schemas"]["Time"];
            updated: components["schemas"]["Time"];
        };
        /** @description The currency as it is, and in original_currency as it was. */
        CurrencyChange: components["schemas"]["Currency"] & {
            original_currency: components["schemas"]["Currency"];
        };
        /** @description The user as it is, and in original_user as it was. */
        UserChange: components["schemas"]["User"] & {
            original_user: components["schemas"]["User"];
        };
        /** @description The email as it is, and in original_email as it was. */
        EmailChange: components["schemas"]["Email"] & {
            original_email: components["schemas"]["Email"];
        };
        /** @description The mobile as it is, and in original_mobile as it was. */
        MobileChange: components["schemas"]["Mobile"] & {
            original_mobile: components["schemas"]["Mobile"];
        };
        /** @description The address as it is, and in original_address as it was. */
        AddressChange: components["schemas"]["Address"] & {
            original_address: components["schemas"]["Address"];
        };
        /** @description The document as it is, and in original_document as it was. */
        DocumentChange: components["schemas"]["Document"] & {
            original_document: components["schemas"]["Document"];
        };
        /** @description The bank account as it is, and in original_bank_account as it was. */
        BankAccountChange: components["schemas"]["BankAccount"] & {
            original_bank_account: components["schemas"]["BankAccount"];
        };
        /** @description The crypto account as it is, and in original_crypto_account as it was. */
        CryptoAccountChange: components["schemas"]["CryptoAccount"] & {
            original_crypto_account: components["schemas"]["CryptoAccount"];
        };
        /** @description The account as it is, and in original_account as it was. */
        AccountChange: components["schemas"]["Account"] & {
            original_account: components["schemas"]["Account"];
        };
        /** @description The transaction as it is, and in original_transaction as it was. */
        TransactionChange: components["schemas"]["Transaction"] & {
            original_transaction?: components["schemas"]["Transaction"];
        };
        PasswordReset: {
            uid: string;
            /** Format: uri */
            url: string;
            token: string;
            force?: boolean;
            user: components["schemas"]["User"];
        };
        EmailVerification: {
            key: string;
            /** Format: uri */
            url: string;
            email: string;
            user: components["schemas"]["User"];
        };
        MobileVerification: {
            /** @example 60444 */
            key: string;
            mobile: string;
            user: components["schemas"]["User"];
        };
        MfaCode: {
            token: string;
            mobile: string;
            user: components["schemas"]["User"];
        };
    };
    responses: {
        /** @description Received. Any other status has the request sent again. */
        Received: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Something in the request is wrong; data says what, by field. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The token is missing, wrong or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such record, or no such page. */
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
         * @description The platform and its version.
         * @example rehive-platform/3
         */
        UserAgent: string;
        /**
         * @description The task's id.
         * @example 1
         */
        TaskId: number;
        /** @description A field to order by; with - before it the other way round. */
        OrderBy: "id" | "-id" | "created" | "-created" | "updated" | "-updated";
        /** @description Which page, from 1. */
        Page: number;
        /** @description Records on a page, at most 250; a larger number counts as that (a default). */
        PageSize: number;
        /** @description cursor: pages by cursor, without a count. */
        Pagination: "page" | "cursor";
        /** @description Where a page by cursor begins; taken from next or previous. */
        Cursor: string;
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
                 * @description Only those for this event.
                 * @example user.create
                 */
                event?: string;
                /** @description Only those with this URL. */
                url?: string;
                /** @description Only those with this secret. */
                secret?: string;
                /** @description A field to order by; with - before it the other way round. */
                orderby?: components["parameters"]["OrderBy"];
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description Records on a page, at most 250; a larger number counts as that (a default). */
                page_size?: components["parameters"]["PageSize"];
                /** @description cursor: pages by cursor, without a count. */
                pagination?: components["parameters"]["Pagination"];
                /** @description Where a page by cursor begins; taken from next or previous. */
                cursor?: components["parameters"]["Cursor"];
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
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
                "application/json": components["schemas"]["WebhookInput"];
            };
        };
        responses: {
            /** @description The webhook. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 1
                 */
                id: number;
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
                    "application/json": components["schemas"]["WebhookAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    replaceWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookInput"];
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The webhook's id.
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
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
                 * @description The webhook's id.
                 * @example 1
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
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
                    "application/json": components["schemas"]["WebhookAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listWebhookTasks: {
        parameters: {
            query?: {
                /**
                 * @description Only those of this webhook.
                 * @example 1
                 */
                webhook?: number;
                /**
                 * @description Only those of webhooks for this event.
                 * @example user.create
                 */
                webhook__event?: string;
                /** @description Only those of webhooks with this secret. */
                webhook__secret?: string;
                /** @description Only those of webhooks with this URL. */
                webhook__url?: string;
                /** @description Made later than this. */
                created__gt?: components["schemas"]["Time"];
                /** @description Made earlier than this. */
                created__lt?: components["schemas"]["Time"];
                /** @description Completed later than this. */
                completed__gt?: components["schemas"]["Time"];
                /** @description Completed earlier than this. */
                completed__lt?: components["schemas"]["Time"];
                /** @description Failed later than this. */
                failed__gt?: components["schemas"]["Time"];
                /** @description Failed earlier than this. */
                failed__lt?: components["schemas"]["Time"];
                /** @description A field to order by; with - before it the other way round. */
                orderby?: components["parameters"]["OrderBy"];
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description Records on a page, at most 250; a larger number counts as that (a default). */
                page_size?: components["parameters"]["PageSize"];
                /** @description cursor: pages by cursor, without a count. */
                pagination?: components["parameters"]["Pagination"];
                /** @description Where a page by cursor begins; taken from next or previous. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTaskList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    getWebhookTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task's id.
                 * @example 1
                 */
                id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task, with what it tells. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookTaskAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    listWebhookTaskRequests: {
        parameters: {
            query?: {
                /**
                 * @description Only those answered with this status.
                 * @example 200
                 */
                response_code?: number;
                /** @description A field to order by; with - before it the other way round. */
                orderby?: components["parameters"]["OrderBy"];
                /** @description Which page, from 1. */
                page?: components["parameters"]["Page"];
                /** @description Records on a page, at most 250; a larger number counts as that (a default). */
                page_size?: components["parameters"]["PageSize"];
                /** @description cursor: pages by cursor, without a count. */
                pagination?: components["parameters"]["Pagination"];
                /** @description Where a page by cursor begins; taken from next or previous. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /**
                 * @description The task's id.
                 * @example 1
                 */
                id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRequestList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    getWebhookTaskRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task's id.
                 * @example 1
                 */
                id: components["parameters"]["TaskId"];
                /**
                 * @description The request's id.
                 * @example 1
                 */
                request_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookRequestAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
        };
    };
    sendCurrencyCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "currency.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Currency"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendCurrencyUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "currency.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["CurrencyChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendUserCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "user.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["User"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendUserUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "user.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["UserChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendUserPasswordReset: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "user.password.reset";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["PasswordReset"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendUserEmailVerify: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "user.email.verify";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["EmailVerification"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendUserMobileVerify: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "user.mobile.verify";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["MobileVerification"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendMfaSmsVerify: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "mfa.sms.verify";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["MfaCode"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendEmailCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "email.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Email"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendEmailUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "email.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["EmailChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendMobileCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "mobile.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Mobile"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendMobileUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "mobile.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["MobileChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendAddressCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "address.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Address"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendAddressUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "address.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["AddressChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendDocumentCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "document.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Document"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendDocumentUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "document.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["DocumentChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendBankAccountCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "bank_account.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["BankAccount"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendBankAccountUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "bank_account.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["BankAccountChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendCryptoAccountCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "crypto_account.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["CryptoAccount"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendCryptoAccountUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "crypto_account.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["CryptoAccountChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendAccountCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "account.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Account"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendAccountUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "account.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["AccountChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendTransactionCreate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "transaction.create";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["Transaction"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendTransactionUpdate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "transaction.update";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["TransactionChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendTransactionInitiate: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "transaction.initiate";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["TransactionChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
    sendTransactionExecute: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The platform and its version.
                 * @example rehive-platform/3
                 */
                "User-Agent": components["parameters"]["UserAgent"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: components["schemas"]["RequestId"];
                    /** @constant */
                    event: "transaction.execute";
                    company: components["schemas"]["Company"];
                    data: components["schemas"]["TransactionChange"];
                };
            };
        };
        responses: {
            200: components["responses"]["Received"];
            201: components["responses"]["Received"];
            202: components["responses"]["Received"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
