/** What webhooks and callbacks carry: made from the document, checked against it, changed by hand. */
export { callbackPayload } from './callback-payload.ts';
export { checkPayload, examplePayload } from './example-payload.ts';
export { payloadWith } from './payload-with.ts';
