import { problemAnswer } from '../answers/error-answer.ts';
import { type ApiRequest, type ApiResponse, headerOf } from '../message/api-message.ts';
import type { ServedApi } from '../model/served-api.ts';
import type { MockServer } from '../namespaces/mock-server.ts';
import { defaultNamespace } from '../routing/locate-api.ts';
import { assertAdminCaller } from './assert-admin-caller.ts';

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
    const api = await admin();
    return await api.handle(await server.namespace(name), request);
  } catch (error) {
    return problemAnswer(error);
  }
}
