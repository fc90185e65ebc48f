import { SparringError } from '../../errors.ts';
import { isObject } from '../../json/is-object.ts';
import type { Operation, SecurityAlternative } from '../../openapi/document/document.ts';
import type { Principal } from '../../providers/model/provider.ts';
import type { PresentedCredentials } from '../../server/auth/authenticate.ts';
import { basicPair } from '../../server/auth/basic-pair.ts';
import { subjectOf } from '../../server/auth/credentials.ts';
import { type ApiResponse, headerOf } from '../../server/message/api-message.ts';
import type { ServedApi } from '../../server/model/served-api.ts';
import { alterPlan, aroundCalls, type MutantCall, rereadable } from './alter-answers.ts';
import type { MutantOperator, Mutation, MutationSubject } from './mutant.ts';
import { endingIn, type Script, type WitnessRequest } from './script.ts';
import {
  credentialHeaders,
  credentialParameters,
  presentsNothing,
  weakToken,
  withoutCredentials,
  wrongCredentials,
} from './witness-credentials.ts';

type Ask = (
  security: readonly SecurityAlternative[],
  presented: PresentedCredentials,
) => Principal | undefined;

/** An API that asks who is calling an operation in another way. */
function asking(
  api: ServedApi,
  operation: Operation,
  way: (
    ask: Ask,
    security: readonly SecurityAlternative[],
    presented: PresentedCredentials,
  ) => Principal | undefined,
): ServedApi {
  return aroundCalls(api, operation, ({ api: by, next }) => {
    const ask: Ask = (security, presented) => by.authenticate(security, presented);
    return next(undefined, {
      ...by,
      authenticate: (security, presented) => way(ask, security, presented),
    });
  });
}

/** An API that goes on where it has just refused the credentials of a call. */
function refusing(
  api: ServedApi,
  operation: Operation,
  change: (response: ApiResponse, call: MutantCall) => ApiResponse | Promise<ApiResponse>,
): ServedApi {
  return aroundCalls(api, operation, async (call) => {
    const { api: by } = call;
    let isRefused = false;
    const request = rereadable(call.request);
    const response = await call.next(request, {
      ...by,
      authenticate: (security, presented) =>
        unlessRefused(
          () => by.authenticate(security, presented),
          (refusal) => {
            isRefused = true;
            throw refusal;
          },
        ),
    });
    return isRefused ? change(response, { ...call, request }) : response;
  });
}

/** Whoever may do everything. */
function anybody(api: ServedApi, security: readonly SecurityAlternative[]): Principal | undefined {
  const scheme = security[0]?.[0]?.scheme;
  const credential = scheme === undefined ? undefined : api.credentials.get(scheme);
  return (
    credential && { scheme: credential.scheme, subject: subjectOf(credential), scopes: credential.scopes }
  );
}

/** The answer, or another one where it is a refusal of credentials. */
function unlessRefused(
  ask: () => Principal | undefined,
  otherwise: (refusal: SparringError) => Principal | undefined,
) {
  try {
    return ask();
  } catch (error) {
    if (error instanceof SparringError) return otherwise(error);
    throw error;
  }
}

function isSecured({ operation: { security } }: Script): boolean {
  return security.length > 0 && security.every((alternative) => alternative.length > 0);
}

function operator(
  id: string,
  fault: string,
  plant: Mutation['plant'] extends (api: infer A) => infer B ? (api: A, operation: Operation) => B : never,
  witness: (subject: MutationSubject, script: Script) => readonly WitnessRequest[] | undefined,
): MutantOperator {
  return {
    id,
    family: 'authentication',
    fault,
    mutations: (subject) =>
      subject.scripts.filter(isSecured).flatMap((script) => {
        const asked = witness(subject, script);
        const { operation } = script;
        return asked
          ? [
              {
                place: operation.id,
                operation,
                plant: (api: ServedApi) => plant(api, operation),
                witness: asked,
              },
            ]
          : [];
      }),
  };
}

const withNone = ({ api }: MutationSubject, script: Script) =>
  endingIn(script, withoutCredentials(api, script.request));
const withWrong = ({ api }: MutationSubject, script: Script) =>
  endingIn(script, wrongCredentials(api, script.request));

/** The credentials that a call shows, each as a whole. */
function credentialsShown(api: ServedApi, { headers, query }: PresentedCredentials): readonly string[] {
  const pairs = new URLSearchParams(query);
  return [
    ...credentialHeaders(api).map((name) => headerOf(headers, name)),
    ...credentialParameters(api).map((name) => pairs.get(name) ?? undefined),
  ].filter((value) => value !== undefined);
}

function isHalfAlike(one: string, other: string): boolean {
  const half = Math.ceil(one.length / 2);
  return one.length === other.length && one.slice(0, half) === other.slice(0, half);
}

/** Faults in finding out who is calling. */
export const authentication: readonly MutantOperator[] = [
  operator(
    'credentials-not-asked',
    'An operation may be called without credentials; wrong ones are refused.',
    (api, operation) =>
      asking(api, operation, (ask, security, presented) =>
        presentsNothing(api, presented) ? anybody(api, security) : ask(security, presented),
      ),
    withNone,
  ),
  operator(
    'credentials-not-compared',
    'An operation takes any credentials, as long as there are some.',
    (api, operation) =>
      asking(api, operation, (ask, security, presented) =>
        presentsNothing(api, presented) ? ask(security, presented) : anybody(api, security),
      ),
    withWrong,
  ),
  operator(
    'credentials-ignored',
    'An operation is open to all.',
    (api, operation) => asking(api, operation, (_, security) => anybody(api, security)),
    withNone,
  ),
  operator(
    'credentials-half-compared',
    'The second half of credentials is not compared.',
    (api, operation) => {
      const good = new Set<string>();
      return asking(api, operation, (ask, security, presented) => {
        const shown = credentialsShown(api, presented);
        return unlessRefused(
          () => {
            const principal = ask(security, presented);
            for (const value of shown) good.add(value);
            return principal;
          },
          (refusal) => {
            const isAlike = shown.some((value) => [...good].some((known) => isHalfAlike(known, value)));
            if (isAlike) return anybody(api, security);
            throw refusal;
          },
        );
      });
    },
    ({ api }, script) => [
      ...script.before,
      script.request,
      { ...script.request, ...wrongCredentials(api, script.request, 'almost') },
    ],
  ),
  operator(
    'password-not-compared',
    'Of a username and a password, only the username is compared.',
    (api, operation) =>
      asking(api, operation, (ask, security, presented) =>
        unlessRefused(
          () => ask(security, presented),
          (refusal) => {
            const given = basicPair(headerOf(presented.headers, 'authorization'));
            const known = [...api.credentials.values()].some(({ username }) => username === given?.username);
            if (given && known) return anybody(api, security);
            throw refusal;
          },
        ),
      ),
    (_, script) => {
      const given = basicPair(script.request.headers.authorization);
      if (!given) return undefined;
      const authorization = `Basic ${Buffer.from(`${given.username}:not-it`).toString('base64')}`;
      return endingIn(script, { headers: { ...script.request.headers, authorization } });
    },
  ),
  operator(
    'expired-accepted',
    'A token holds for ever.',
    (api, operation) =>
      asking(api, operation, (ask, security, presented) => ask(security, { ...presented, now: 0 })),
    (_, { before, request }) => [
      ...before,
      {
        method: 'POST',
        path: '/_sparring/clock',
        headers: {
          'content-type': 'application/json',
          'sparring-namespace': request.headers['sparring-namespace'] ?? 'default',
        },
        body: '{"advance":"48h"}',
      },
      request,
    ],
  ),
  operator(
    'scopes-ignored',
    'A token is good for what its scopes do not cover.',
    (api, operation) =>
      asking(api, operation, (ask, security, presented) =>
        ask(
          security.map((alternative) => alternative.map(({ scheme }) => ({ scheme, scopes: [] }))),
          presented,
        ),
      ),
    ({ api }, script) => {
      const token = weakToken(api, script.operation);
      if (token === undefined) return undefined;
      return endingIn(script, { headers: { ...script.request.headers, authorization: token } });
    },
  ),
  operator(
    'good-credentials-refused',
    'An operation refuses good credentials.',
    (api, operation) =>
      asking(api, operation, () => {
        throw new SparringError('unauthorized', 'Nobody may call this.');
      }),
    (_, script) => endingIn(script, {}),
  ),
  operator(
    'refused-with-200',
    'Who may not call is told so with a status of success.',
    (api, operation) => refusing(api, operation, (response) => ({ ...response, status: 200 })),
    withNone,
  ),
  operator(
    'refused-with-500',
    'The server crashes where there are no good credentials.',
    (api, operation) => refusing(api, operation, (response) => ({ ...response, status: 500 })),
    withWrong,
  ),
  operator(
    'challenge-missing',
    'A 401 does not say which credentials are asked for.',
    (api, operation) =>
      refusing(api, operation, (response) => {
        const { 'www-authenticate': _, ...headers } = response.headers;
        return response.status === 401 ? { ...response, headers } : response;
      }),
    withNone,
  ),
  operator(
    'done-before-asked',
    'What is refused for want of credentials is done all the same.',
    (api, operation) =>
      refusing(api, operation, async (response, { api: by, next, request }) => {
        await next(request, { ...by, authenticate: (security) => anybody(api, security) });
        return response;
      }),
    ({ api }, script) => {
      if (script.operation.method === 'get') return undefined;
      const refused = withoutCredentials(api, script.request);
      return [...endingIn(script, refused), script.request];
    },
  ),
  {
    id: 'token-for-any-password',
    family: 'authentication',
    fault: 'A token is issued for any password or client secret.',
    mutations: ({ api, scripts }) =>
      scripts.flatMap((script) => {
        const { operation, request } = script;
        const issues = [...api.credentials.values()].some(({ issuedBy }) => issuedBy === operation.id);
        if (!issues || request.body === undefined) return [];
        const body = request.body.replace(/(password|client_secret)=[^&]*/g, '$1=not-it');
        if (body === request.body) return [];
        return [
          {
            place: operation.id,
            operation,
            plant: (served) =>
              alterPlan(served, [operation], (plan) => ({
                ...plan,
                behaviour: (context) =>
                  plan.behaviour?.({ ...context, body: withRightSecrets(api, context.body) }) ?? {
                    status: 500,
                  },
              })),
            witness: endingIn(script, { body }),
          },
        ];
      }),
  },
];

function withRightSecrets(api: ServedApi, body: unknown): unknown {
  if (!isObject(body)) return body;
  const known = [...api.credentials.values()];
  const password = known.find(({ username }) => username === body.username)?.password;
  const secret = known.find(({ clientId }) => clientId === body.client_id)?.clientSecret;
  return {
    ...body,
    ...(body.password !== undefined && password !== undefined && { password }),
    ...(body.client_secret !== undefined && secret !== undefined && { client_secret: secret }),
  };
}
