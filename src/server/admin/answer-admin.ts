import { assertAdminCaller } from '../admin-access.ts';
import { type ApiRequest, type ApiResponse, headerOf } from '../api-message.ts';
import { problemAnswer } from '../error-answer.ts';
import { handleRequest } from '../handle-request.ts';
import { defaultNamespace } from '../locate-api.ts';
import type { MockServer } from '../mock-server.ts';
import type { ServedApi } from '../served-api.ts';

/** What the admin API is answered from. */
export interface Administration {
  readonly server: MockServer;
  /** The admin API's own document, served by the same engine; made on first use. */
  readonly admin: () => Promise<ServedApi>;
  readonly adminToken: string | undefined;
}

/** Answers a request to the admin API whose URL stands below `/_sparring`; never rejects. */
export async function answerAdmin(
  { admin, adminToken, server }: Administration,
  request: ApiRequest,
): Promise<ApiResponse> {
  try {
    assertAdminCaller(server.exposure, adminToken, request.headers);
    const name = headerOf(request.headers, 'sparring-namespace') ?? defaultNamespace;
    return await handleRequest(await admin(), await server.namespace(name), request);
  } catch (error) {
    return problemAnswer(error);
  }
}
