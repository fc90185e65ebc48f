import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/contract/execute/transport/undici-transport.ts';
import { runContract } from '../../src/contract/run/run-contract.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';

interface Article {
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly updatedAt: string;
}

/**
 * Keeps `articles.yaml`, and has rules beside it: slugs follow titles, names are given once, passwords must be right, tickets for an
 * event need one, and what is not there is answered 404 though the document does not say so.
 */
function articlesApp() {
  const articles = new Map<string, Article>();
  const users = new Set<string>();
  const app = express().use(express.json());
  const isText = (value: unknown, least = 0) => typeof value === 'string' && value.length >= least;
  let made = 0;
  const write = (input: Record<string, unknown>, former?: Article): Article => {
    const title = String(input.title);
    if (former) articles.delete(former.slug);
    else made += 1;
    const slug =
      former?.title === title ? former.slug : `${title.toLowerCase().replaceAll(/\W+/g, '-')}-${made}`;
    const article = { slug, title, body: String(input.body), updatedAt: new Date().toISOString() };
    articles.set(slug, article);
    return article;
  };
  const isArticle = (body: unknown) => {
    const { article } = Object(body);
    return (
      typeof article === 'object' && article !== null && isText(article.title, 1) && isText(article.body)
    );
  };

  app.post('/login', ({ body }, response) => {
    const isAsked = isText(body?.username) && isText(body?.password);
    response.status(isAsked ? 401 : 422).end();
  });
  app.post('/users', ({ body }, response) => {
    const { bio = '', username } = Object(Object(body).user);
    const isFine = isText(username, 1) && isText(bio) && bio.length <= 30 && !users.has(username);
    if (isFine) users.add(username);
    response.status(isFine ? 201 : 422).end();
  });
  app.post('/tickets', ({ body }, response) => {
    const { eventId, kind } = Object(body);
    const isId = eventId === undefined || (isText(eventId) && /^[0-9a-f-]{36}$/.test(eventId));
    if (!['general', 'event'].includes(kind) || !isId) response.status(422).end();
    else response.status(kind === 'event' ? 404 : 201).end();
  });
  app.get('/articles', (_, response) => {
    response.json({ articles: [...articles.values()].map(({ body: _, ...summary }) => summary) });
  });
  app.post('/articles', ({ body }, response) => {
    if (isArticle(body)) response.status(201).json({ article: write(body.article) });
    else response.status(422).end();
  });
  app.use('/articles/:slug', ({ body, method, params }, response) => {
    const article = articles.get(params.slug);
    if (!article) return void response.status(404).end();
    if (method === 'GET') return void response.json({ article });
    if (method === 'DELETE') return void response.status(articles.delete(params.slug) ? 204 : 404).end();
    if (method !== 'PUT')
      return void response
        .status(405)
        .set('Allow', 'GET, PUT, DELETE')
        .type('application/problem+json')
        .send('{}');
    if (!isArticle(body)) return void response.status(422).end();
    response.json({ article: write(body.article, article) });
  });
  return { app, articles };
}

describe('a healthy server with rules beside its document', () => {
  const { app, articles } = articlesApp();
  const server = createServer(app);
  let url = '';
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => void server.close());

  it.each([1, 2])('raises no alarm (seed %i), and is left empty', async (seed) => {
    const transport = await undiciTransport(url);
    const report = await runContract(await loadDocument('test/contract/articles.yaml'), transport, { seed });
    await transport.close();
    const fatal = report.verdicts.filter((verdict) => verdict.fatal);
    expect(fatal.map(({ case: id, check, evidence }) => `${check} ${id}: ${evidence?.seen}`)).toEqual([]);
    expect(report.verdicts.length).toBeGreaterThan(150);
    expect(articles.size).toBe(0);
  });
});
