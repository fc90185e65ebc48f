import type { IncomingMessage, ServerResponse } from 'node:http';

/** What Express and Node pass on when a handler does not answer. */
export type Next = (error?: unknown) => void;

export type NodeHandler = (request: IncomingMessage, response: ServerResponse, next?: Next) => void;
