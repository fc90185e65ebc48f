// Types of openapi/authentic.yaml, made by `npm run types`. Edit the document, not this file.

export interface paths {
    "/api/v2/producers/hooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get hooks
         * @description The producer with its hooks. (The sample shows an item's; its type is producer here.)
         */
        get: operations["getHooks"];
        put?: never;
        /**
         * Create hook
         * @description Adds a hook to the producer. The documentation asks for the key of the owner here and for a token elsewhere, though its text
         *     speaks of the token throughout; here both are accepted.
         */
        post: operations["createHook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/producers/hooks/{idwebhook}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete hook
         * @description The documentation also lists a parameter id, "The item id", which is not in the path; it is left out here.
         */
        delete: operations["deleteHook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    itemScanned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was scanned */
        post: operations["sendItemScanned"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    contentCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Content was created */
        post: operations["sendContentCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    contentDeleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Content was deleted */
        post: operations["sendContentDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    groupCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A group was created */
        post: operations["sendGroupCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    groupDeleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A group was deleted */
        post: operations["sendGroupDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    groupModified: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A group was modified */
        post: operations["sendGroupModified"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    itemAddedToGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was added to a group */
        post: operations["sendItemAddedToGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    itemCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was created */
        post: operations["sendItemCreated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    itemDeletedFromGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was deleted from a group */
        post: operations["sendItemDeletedFromGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    itemDeleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was deleted */
        post: operations["sendItemDeleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    itemInvalidated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was invalidated */
        post: operations["sendItemInvalidated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    itemModified: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An item was modified */
        post: operations["sendItemModified"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        NewHook: {
            /** @description One event, such as itemScanned; `*` for all (public page). Plural in name only. */
            events: string;
            /** Format: uri */
            url: string;
            /**
             * @description Comes back in every call of the hook.
             * @default {}
             */
            data: {
                [key: string]: unknown;
            };
        };
        HookRecord: {
            /** @description 20 letters and digits in the sample. */
            id: string;
            data: components["schemas"]["Hook"];
        };
        Hook: {
            /** @description Unix milliseconds. */
            _updated: number;
            /** @description Unix milliseconds. */
            _created: number;
            url: string;
            /** @description httprequest in the sample. */
            type: string;
            events: string;
            /** @description 0 for a new hook; taken to count the calls that succeeded. */
            executed: number;
            data: {
                [key: string]: unknown;
            };
        };
        HookList: {
            id: string;
            type: string;
            hooks: components["schemas"]["HookRecord"][];
        };
        Producer: {
            id: string;
            data: {
                name: string;
            };
        };
        /** @description Something that can be scanned. Known to the mock's state only. */
        Item: {
            id: string;
            data: {
                [key: string]: unknown;
            };
        };
        /** @description A scan of an item. Known to the mock's state only. */
        Scan: {
            id: string;
            data: {
                identifier: components["schemas"]["Item"];
                creator?: string;
                _owner?: string;
                /** @description Unix milliseconds. */
                timestamp?: number;
                /** @description original or fake. */
                copyclassification?: string;
                location?: {
                    _lat?: number;
                    _long?: number;
                };
                os?: string;
                data?: {
                    [key: string]: unknown;
                };
            };
        };
        /** @description Content of an item. Known to the mock's state only. */
        Content: {
            id: string;
            data: {
                [key: string]: unknown;
            };
        };
        /** @description A group of items. Known to the mock's state only. */
        Group: {
            id: string;
            data: {
                [key: string]: unknown;
            };
        };
        Envelope: {
            event: {
                type: string;
            };
            producer: components["schemas"]["Producer"];
            hook?: components["schemas"]["HookRecord"];
        };
        ItemScanned: {
            item: components["schemas"]["Item"];
            scan: components["schemas"]["Scan"];
        } & components["schemas"]["Envelope"];
        ItemEvent: {
            item: components["schemas"]["Item"];
        } & components["schemas"]["Envelope"];
        ContentEvent: {
            content: components["schemas"]["Content"];
        } & components["schemas"]["Envelope"];
        GroupEvent: {
            group: components["schemas"]["Group"];
        } & components["schemas"]["Envelope"];
        Error: {
            error: string;
            message: string;
        };
    };
    responses: {
        /** @description The request is malformed. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The key is missing or not accepted. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such hook. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description An unexpected condition was encountered. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookList"];
                };
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
        };
    };
    createHook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewHook"];
            };
        };
        responses: {
            /** @description The hook. (The documentation shows no status, and its sample is no JSON, only `{ "id" - hookid, "data" - hook data }`.) */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HookRecord"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
        };
    };
    deleteHook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The hook id.
                 * @example Fgs4kG0bORWyfiI71hkV
                 */
                idwebhook: string;
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
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
        };
    };
    sendItemScanned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemScanned"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendContentCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContentEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendContentDeleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContentEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendGroupCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendGroupDeleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendGroupModified: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendItemAddedToGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendItemCreated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendItemDeletedFromGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendItemDeleted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendItemInvalidated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sendItemModified: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ItemEvent"];
            };
        };
        responses: {
            /** @description Received; any status below 400 is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
