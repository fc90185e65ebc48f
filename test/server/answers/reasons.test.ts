import { describe, expect, it } from 'vitest';
import { inPath, json, start } from '../../openapi/infer-client.ts';

type Part = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const object = (properties: Part, more: Part = {}) => ({ type: 'object', properties, ...more });
const list = (items: unknown) => ({ type: 'array', items });
const input = object(
  { email: { type: 'string', format: 'email' }, age: { type: 'integer' } },
  { required: ['email'] },
);

/** What a request without an e-mail, and with an age that is a text, is answered where errors have the given schema. */
async function refused(schema: Part, media: Part = {}) {
  const { call } = await start({
    paths: {
      '/people': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: input } } },
          responses: { 204: { description: 'Taken.' }, 400: json(schema, media) },
        },
      },
      '/people/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: json(input), 404: json(schema, media) } },
      },
    },
  });
  const answer = await call('POST', '/people', { age: 'old' });
  expect(answer.status).toBe(400);
  return answer.body;
}

const email = expect.stringContaining('required');
const age = expect.stringContaining('integer');

describe('an error tells its reason in the shape of the document', () => {
  it.each<[string, Part, unknown]>([
    [
      'a list of objects',
      object({ errors: list(object({ message: text, help: text, phrase: text })) }),
      { errors: [expect.objectContaining({ message: email }), expect.objectContaining({ message: age })] },
    ],
    [
      'an object with a list of texts',
      object({ error: object({ code: { type: 'integer' }, message: text, errors: list(text) }) }),
      { error: { code: 400, message: expect.stringContaining('body/email'), errors: [email, age] } },
    ],
    [
      'texts of its own names',
      object(
        {
          error_type: text,
          error_code: text,
          error_message: text,
          display_message: { type: ['string', 'null'] },
        },
        { required: ['error_type', 'error_code', 'error_message'] },
      ),
      expect.objectContaining({
        error_code: 'invalid-request',
        error_message: expect.stringContaining('body/email'),
        display_message: expect.stringContaining('body/email'),
      }),
    ],
    [
      'a list with the field of each',
      object({ errors: list(object({ message: text, field: text })) }),
      {
        errors: [
          { message: email, field: 'email' },
          { message: age, field: 'age' },
        ],
      },
    ],
    [
      'a map of lists',
      object({ message: text, errors: { type: 'object', additionalProperties: list(text) } }),
      { message: expect.stringContaining('breaks the document'), errors: { email: [email], age: [age] } },
    ],
    ['a map of texts', { type: 'object', additionalProperties: text }, { email, age }],
    [
      'a list alone',
      list(object({ code: text, description: text })),
      [
        { code: 'required', description: email },
        { code: 'type', description: age },
      ],
    ],
    [
      'FastAPI',
      object({
        detail: list(
          object(
            { loc: list({ anyOf: [text, { type: 'integer' }] }), msg: text, type: text },
            { required: ['loc', 'msg', 'type'] },
          ),
        ),
      }),
      {
        detail: [
          { loc: ['body', 'email'], msg: email, type: 'required' },
          { loc: ['body', 'age'], msg: age, type: 'type' },
        ],
      },
    ],
    [
      'JSON:API',
      object(
        {
          errors: list(
            object({ status: text, title: text, detail: text, source: object({ pointer: text }) }),
          ),
        },
        { required: ['errors'] },
      ),
      {
        errors: [
          expect.objectContaining({ status: '400', detail: email }),
          expect.objectContaining({ detail: age }),
        ],
      },
    ],
    [
      'an envelope of an error',
      object({ error: object({ code: { type: 'integer' }, message: text, status: text }) }),
      { error: expect.objectContaining({ code: 400, message: expect.stringContaining('body/email') }) },
    ],
    [
      'texts with a category of its own',
      object({
        tppMessages: list(
          object(
            {
              category: { enum: ['ERROR', 'WARNING'] },
              code: { enum: ['FORMAT_ERROR'] },
              text: { type: 'string', maxLength: 500 },
            },
            { required: ['category', 'code'] },
          ),
        ),
      }),
      {
        tppMessages: [
          { category: 'ERROR', code: 'FORMAT_ERROR', text: email },
          { category: 'ERROR', code: 'FORMAT_ERROR', text: age },
        ],
      },
    ],
    [
      'an alternative',
      { oneOf: [object({ fault: object({ faultstring: text }) }, { required: ['fault'] })] },
      { fault: { faultstring: expect.stringContaining('body/email') } },
    ],
    ['a text alone', text, expect.stringContaining('body/email')],
  ])('%s', async (_, schema, expected) => {
    expect(await refused(schema)).toEqual(expected);
  });

  it('but keeps what an example says beside it', async () => {
    const schema = object({ message: text, docs: text });
    expect(
      await refused(schema, { example: { message: 'No.', docs: 'https://example.com/errors' } }),
    ).toEqual({ message: expect.stringContaining('body/email'), docs: 'https://example.com/errors' });
  });

  it('and puts nothing where the schema does not allow it', async () => {
    const schema = object(
      { message: { type: 'string', maxLength: 5 }, status: { const: 1 }, code: { enum: ['E1'] } },
      { required: ['message', 'code', 'status'] },
    );
    expect(await refused(schema)).toEqual({
      message: expect.stringMatching(/^.{0,5}$/),
      status: 1,
      code: 'E1',
    });
  });

  it.each(['*/*', 'application/*', 'application/problem+json'])('of %s', async (range) => {
    const content = { [range]: { schema: object({ message: text }) } };
    const { call } = await start({
      paths: {
        '/people': {
          post: {
            requestBody: { required: true, content: { 'application/json': { schema: input } } },
            responses: { 204: { description: 'Taken.' }, 400: { description: 'No.', content } },
          },
        },
      },
    });
    const answer = await call('POST', '/people', {});
    expect([answer.headers.get('content-type'), answer.body]).toEqual([
      range.includes('*') ? 'application/json' : range,
      { message: expect.stringContaining('body/email') },
    ]);
  });

  it('in XML', async () => {
    const content = {
      'application/xml': { schema: { ...object({ message: text }), xml: { name: 'fault' } } },
    };
    const { call } = await start({
      paths: {
        '/people': {
          post: {
            requestBody: { required: true, content: { 'application/json': { schema: input } } },
            responses: { 204: { description: 'Taken.' }, 400: { description: 'No.', content } },
          },
        },
      },
    });
    const answer = await call('POST', '/people', {});
    expect(answer.headers.get('content-type')).toBe('application/xml');
    expect(answer.text).toMatch(/^<fault><message>.*body\/email.*<\/message><\/fault>$/);
  });
});

describe('an invalid request', () => {
  const document = {
    paths: {
      '/people': {
        post: {
          requestBody: { required: true, content: { 'application/json': { schema: input } } },
          responses: {
            200: json(input, { example: { email: 'a@example.com' } }),
            400: json(object({ message: text }), {
              examples: { short: { value: { message: 'No.' } }, long: { value: { message: 'Not at all.' } } },
            }),
            409: json(object({ message: text }), { example: { message: 'There is one.' } }),
          },
        },
      },
    },
  };
  const send = async (prefer: string | undefined, options = {}) => {
    const { call } = await start(document, options);
    return call('POST', '/people', {}, prefer === undefined ? {} : { prefer });
  };

  it.each([
    ['code=409', 409, 'There is one.'],
    ['example=long', 400, 'Not at all.'],
    ['code=400, example=short', 400, 'No.'],
  ])('is answered as %s prefers', async (prefer, status, message) => {
    const answer = await send(prefer);
    expect([answer.status, answer.body]).toEqual([status, { message }]);
    expect(answer.headers.get('preference-applied')).toContain(prefer.split(',')[0]);
    expect(answer.headers.get('sparring-violations')).toContain('email');
  });

  it.each(['code=200', 'example=nothing', 'code=418'])('is not made a valid one by %s', async (prefer) => {
    const answer = await send(prefer);
    expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining('body/email')]);
  });

  it('has the status that is asked for', async () => {
    expect((await send(undefined)).status).toBe(400);
    expect((await send(undefined, { invalidStatus: 422 })).status).toBe(422);
    expect((await send('code=409', { invalidStatus: 422 })).status).toBe(409);
  });

  it('says in one readable line what is wrong', async () => {
    const { headers } = await send(undefined);
    expect(headers.get('sparring-problem')).toBe(
      'invalid-request: The request breaks the document: body/email is required',
    );
    const { call } = await start({ paths: {} });
    expect((await call('GET', '/nowhere')).headers.get('sparring-problem')).toMatch(/^operation-not-found: /);
  });
});
