import express from 'express';

interface Note {
  readonly id: string;
  readonly title: string;
}

/** A server as people write them: it keeps its document, and does what the document leaves open in its own way. */
export function notesApp() {
  const notes = new Map<string, Note>();
  let next = 1;
  const app = express().use(express.json());
  const isList = (value: unknown) =>
    value === undefined ||
    (Array.isArray(value) && value.length <= 3 && value.every((tag) => typeof tag === 'string'));
  const isCount = (value: unknown) =>
    value === undefined || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 5);
  const problem = (response: express.Response, status: number) =>
    response.status(status).type('application/problem+json').send(JSON.stringify({ status }));
  app.get(
    '/notes',
    (_, response) => void response.set('X-Total', String(notes.size)).json([...notes.values()]),
  );
  app.post('/notes', (request, response) => {
    const { stars, tags, title } = request.body ?? {};
    const isTitle = typeof title === 'string' && [...title].length >= 1 && [...title].length <= 20;
    if (!isTitle || !isList(tags) || !isCount(stars)) return void problem(response, 422);
    const note = { ...request.body, id: String(next++), extra: 'unknown to the document' };
    notes.set(note.id, note);
    response.status(201).json(note);
  });
  app.get('/notes/:id', (request, response) => {
    const note = notes.get(request.params.id);
    if (note) response.json(note);
    else problem(response, 404);
  });
  app.delete('/notes/:id', (request, response) => {
    if (notes.delete(request.params.id)) response.status(204).end();
    else problem(response, 404);
  });
  return { app, notes };
}
