import { describe, expect, it } from 'vitest';
import { checks } from '../../src/contract/checks/index.ts';
import type { Phase } from '../../src/contract/model/phase.ts';
import { changed, failedChecks, type Mutation, testBroken } from './broken-server.ts';
import { listMutants, writeMutants } from './library-mutants.ts';

interface Mutant {
  readonly check: string;
  readonly what: string;
  readonly api?: string;
  readonly only: readonly string[];
  readonly phases?: readonly Phase[];
  readonly mutation: Mutation;
}

const isTo = (request: Request, method: string, path: RegExp) =>
  request.method === method && path.test(new URL(request.url).pathname);

/** One defect of a server each; the check that is there for it must find it. */
const mutants: readonly Mutant[] = [
  {
    check: 'answers',
    what: 'closes the connection',
    only: ['listCustomers/examples'],
    mutation: async (request, respond) => {
      if (isTo(request, 'GET', /\/customers$/)) throw new Error('socket hang up');
      return respond(request);
    },
  },
  {
    check: 'no-server-error',
    what: 'fails on a valid request',
    only: ['listCustomers/examples'],
    mutation: async (request, respond) =>
      isTo(request, 'GET', /\/customers$/) ? new Response('oops', { status: 500 }) : respond(request),
  },
  {
    check: 'status-documented',
    what: 'answers a creation with 202',
    only: ['createCustomer/examples'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return isTo(request, 'POST', /\/customers$/) ? changed(response, { status: 202 }) : response;
    },
  },
  {
    check: 'status-documented',
    what: 'refuses invalid input with 418',
    only: ['createCustomer/negatives/application/json-body/email'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return response.status === 400 ? changed(response, { status: 418 }) : response;
    },
  },
  {
    check: 'media-type',
    what: 'calls JSON text',
    only: ['getCustomer/examples'],
    mutation: async (request, respond) =>
      changed(
        await respond(request),
        isTo(request, 'GET', /\/customers\//) ? { headers: { 'content-type': 'text/plain' } } : {},
      ),
  },
  {
    check: 'media-type',
    what: 'answers broken JSON',
    only: ['getCustomer/examples'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      if (!isTo(request, 'GET', /\/customers\//)) return response;
      return new Response('{"id": ', { status: 200, headers: { 'content-type': 'application/json' } });
    },
  },
  {
    check: 'response-headers',
    what: 'sends a header field of another type',
    api: 'test/contract/notes.yaml',
    only: ['listNotes/examples'],
    mutation: async (request, respond) => changed(await respond(request), { headers: { 'x-total': 'many' } }),
  },
  {
    check: 'response-schema',
    what: 'leaves out a required field',
    only: ['getCustomer/examples'],
    mutation: async (request, respond) =>
      changed(await respond(request), {
        body: (value) => (isTo(request, 'GET', /\/customers\//) ? { ...value, email: undefined } : value),
      }),
  },
  {
    check: 'error-body',
    what: 'tells another status in the problem than in the answer',
    api: 'test/contract/notes.yaml',
    only: ['readNote/sequences', 'createNote/sequences'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return response.status === 404
        ? changed(response, { body: (value) => ({ ...value, status: 400 }) })
        : response;
    },
  },
  {
    check: 'positive-accepted',
    what: 'refuses the longest title',
    api: 'test/contract/notes.yaml',
    only: ['createNote/positives'],
    mutation: async (request, respond) => {
      const text = await request.clone().text();
      if (/"title":"[^"]{20}"/.test(text)) return Response.json({ status: 400 }, { status: 400 });
      return respond(request);
    },
  },
  {
    check: 'negative-refused',
    what: 'does not look at the format of an address',
    only: ['createCustomer/negatives/application/json-body/email-format'],
    mutation: async (request, respond) => {
      if (!isTo(request, 'POST', /\/customers$/)) return respond(request);
      const text = (await request.text()).replace(/"email":"[^"]*"/, '"email":"a@example.com"');
      return respond(new Request(request.url, { method: 'POST', headers: request.headers, body: text }));
    },
  },
  {
    check: 'unsupported-media-type',
    what: 'takes a body of any type for JSON',
    only: ['createCustomer/methods'],
    mutation: async (request, respond) => {
      if (!isTo(request, 'POST', /\/customers$/)) return respond(request);
      const headers = new Headers(request.headers);
      headers.set('content-type', 'application/json');
      return respond(
        new Request(request.url, { method: 'POST', headers, body: '{"email":"a@example.com"}' }),
      );
    },
  },
  {
    check: 'method-not-allowed',
    what: 'answers 405 without Allow',
    only: ['createCustomer/methods', 'listCustomers/methods'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return response.status === 405 ? new Response(null, { status: 405 }) : response;
    },
  },
  {
    check: 'method-not-allowed',
    what: 'accepts a method that is not declared',
    only: ['createCustomer/methods', 'listCustomers/methods'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return response.status === 405 ? Response.json({}) : response;
    },
  },
  {
    check: 'authentication-enforced',
    what: 'lets in without credentials',
    only: ['listCustomers/authentication/none'],
    mutation: async (request, respond) =>
      request.headers.has('authorization')
        ? respond(request)
        : Response.json({ data: [], meta: { total: 0 } }),
  },
  {
    check: 'authentication-enforced',
    what: 'takes any token',
    only: ['listCustomers/authentication/wrong'],
    mutation: async (request, respond) => {
      const isWrong = request.headers.get('authorization')?.includes('wrong');
      return isWrong ? Response.json({ data: [], meta: { total: 0 } }) : respond(request);
    },
  },
  {
    check: 'authentication-enforced',
    what: 'takes expired tokens',
    only: ['listCustomers/authentication/expired'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return response.status === 401 ? Response.json({ data: [], meta: { total: 0 } }) : response;
    },
  },
  {
    check: 'authentication-enforced',
    what: 'does not look at scopes',
    api: 'apitree',
    only: ['createWebhook/authentication/without-scope'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      return response.status === 403 ? changed(response, { status: 201 }) : response;
    },
  },
  {
    check: 'no-trace',
    what: 'deletes without credentials, and says that it does not',
    only: ['deleteCustomer/authentication/no-trace'],
    mutation: deletesAllTheSame(),
  },
  {
    check: 'created-readable',
    what: 'keeps something else than was sent',
    only: ['createCustomer/sequences'],
    mutation: async (request, respond) =>
      changed(await respond(request), {
        body: (value) =>
          isTo(request, 'GET', /\/customers\//) ? { ...value, email: 'other@example.com' } : value,
      }),
  },
  {
    check: 'created-readable',
    what: 'drops an optional field',
    only: ['createCustomer/sequences'],
    mutation: async (request, respond) =>
      changed(await respond(request), {
        body: (value) => (isTo(request, 'GET', /\/customers\//) ? { ...value, metadata: {} } : value),
      }),
  },
  {
    check: 'created-readable',
    what: 'forgets what was created',
    only: ['createCustomer/sequences'],
    mutation: async (request, respond) =>
      isTo(request, 'GET', /\/customers\//)
        ? Response.json({ error: { message: 'none' } }, { status: 404 })
        : respond(request),
  },
  {
    check: 'created-readable',
    what: 'leaves what was created out of the list',
    only: ['createCustomer/sequences'],
    mutation: async (request, respond) =>
      changed(await respond(request), {
        body: (value) =>
          isTo(request, 'GET', /\/customers$/) ? { ...value, data: value.data.slice(1) } : value,
      }),
  },
  {
    check: 'read-after-update',
    what: 'ignores updates',
    only: ['createCustomer/sequences'],
    mutation: async (request, respond) =>
      request.method === 'PATCH'
        ? respond(new Request(request.url, { headers: request.headers }))
        : respond(request),
  },
  {
    check: 'deleted-gone',
    what: 'deletes nothing',
    only: ['createCustomer/sequences'],
    mutation: async (request, respond) =>
      isTo(request, 'DELETE', /\/customers\//)
        ? respond(new Request(request.url, { headers: request.headers }))
        : respond(request),
  },
  {
    check: 'deleted-gone',
    what: 'keeps the deleted in the list',
    api: 'test/contract/notes.yaml',
    only: ['createNote/sequences'],
    mutation: keepDeletedInList(),
  },
  {
    check: 'absent-not-found',
    what: 'answers any record for one that is not there',
    only: ['getCustomer/sequences/absent', 'listCustomers/examples'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      if (!isTo(request, 'GET', /\/customers\/./) || response.status !== 404) return response;
      return Response.json({ id: '5ba11ad0-4b5e-4c7f-8d1e-0123456789ab' });
    },
  },
  {
    check: 'challenge-sent',
    what: 'does not say everywhere which credentials it asks for',
    only: ['Customer/authentication', 'Customers/authentication'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      if (request.method !== 'DELETE' || response.status !== 401) return response;
      const { 'www-authenticate': _, ...headers } = Object.fromEntries(response.headers);
      return new Response(await response.text(), { status: 401, headers });
    },
  },
  {
    check: 'listed-as-read',
    what: 'lists records otherwise than it shows them',
    only: ['getCustomer/writes/reading'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      if (!isTo(request, 'GET', /\/customers\/./)) return response;
      return changed(response, { body: (value) => ({ ...value, first_name: 'Somebody' }) });
    },
  },
  {
    check: 'ids-unique',
    what: 'gives every record the same id',
    only: ['createCustomer/examples'],
    mutation: async (request, respond) => {
      const response = await respond(request);
      if (!isTo(request, 'POST', /\/customers$/)) return response;
      return changed(response, {
        body: (value) => ({ ...value, id: '8462e8ce-4245-4eca-835c-4a160b93b030' }),
      });
    },
  },
];

function deletesAllTheSame(): Mutation {
  let seen = '';
  return async (request, respond) => {
    const own = request.headers.get('authorization');
    if (own !== null || request.method !== 'DELETE') {
      seen = own ?? seen;
      return respond(request);
    }
    const response = await respond(request.clone());
    const headers = new Headers(request.headers);
    headers.set('authorization', seen);
    await respond(new Request(request.url, { method: 'DELETE', headers }));
    return response;
  };
}

function keepDeletedInList(): Mutation {
  const seen = new Map<string, unknown>();
  return async (request, respond) => {
    const response = await respond(request);
    if (request.method !== 'GET' || !/\/notes$/.test(new URL(request.url).pathname)) return response;
    return changed(response, {
      body: (list: { id: string }[]) => {
        for (const item of list) seen.set(item.id, item);
        return [...seen.values()];
      },
    });
  };
}

describe('a server with one defect', () => {
  it.each(mutants)('$check finds one that $what', async ({ api, check, mutation, only, phases }) => {
    const options = { only, ...(api !== undefined && { api }), ...(phases && { phases }) };
    const healthy = await testBroken(options);
    expect(failedChecks(healthy, false)).toEqual([]);
    expect(healthy.verdicts.filter((verdict) => verdict.check === check)).not.toEqual([]);

    const broken = await testBroken({ ...options, mutation });
    expect(failedChecks(broken)).toContain(check);
  });

  it('has a mutant for every check', () => {
    const tried = new Set([...mutants, ...writeMutants, ...listMutants].map(({ check }) => check));
    // Those of webhooks are tried by a provider of some, in webhooks.test.ts.
    const own = checks.map(({ id }) => id).filter((id) => !id.startsWith('webhook-'));
    expect(own.filter((id) => !tried.has(id))).toEqual([]);
  });
});

describe('the checks', () => {
  it('are each named by their file, and say their rule and what they cannot see', () => {
    for (const { blindTo, id, rule } of checks) {
      expect(id).toMatch(/^[a-z-]+$/);
      expect(rule).toMatch(/\.$|\)\.$/);
      expect(blindTo).toMatch(/\.$/);
    }
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });
});
