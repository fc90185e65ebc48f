import { expect } from 'vitest';
import type { OpenApiChoice } from './vitest/open-api.ts';
import { toMatchOpenApi } from './vitest/to-match-open-api.ts';

export { type DescribeOptions, describeContract } from './vitest/describe-contract.ts';
export {
  type DescribeReceiverOptions,
  describeReceiver,
  type ReceiverTarget,
} from './vitest/describe-receiver.ts';
export { type ApiSource, type OpenApiChoice, type OpenApiOptions, setOpenApi } from './vitest/open-api.ts';
export type { Fetch, Target, TargetOptions, TargetSource } from './vitest/target.ts';

// Here rather than beside the matcher: what is only imported for its effects is left out of the declarations.
declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Whether an answer is one that the document allows for its operation: status, media type, header fields and schema.
     * To be awaited. Takes answers of supertest and Responses of fetch, of which a copy is read.
     *
     * @param operationId default: the operation that the request's method and URL lead to
     * @param choice the document, where it is another one than `setOpenApi` chose
     */
    toMatchOpenApi(operationId?: string, choice?: OpenApiChoice): Promise<void>;
  }
}

expect.extend({ toMatchOpenApi });
