import express from 'express';
import type { Store } from './store.ts';

/** The bare Express 5 server that the mock is measured against: its defaults, and its JSON parser in front, as in its guide. */
export function createExpressServer(store: Store): express.Express {
  const app = express();
  app.use(express.json());
  app.use('/hive', (request, response, next) => {
    if (store.isKnown(request.headers.authorization)) next();
    else response.status(401).json({ error: { message: 'Unauthorized' } });
  });
  app.get('/hive/customers', (_, response) => {
    response.json(store.list());
  });
  app.get('/hive/customers/:id', (request, response) => {
    const customer = store.get(request.params.id);
    if (customer) response.json(customer);
    else response.status(404).json({ error: { message: 'Not found' } });
  });
  app.post('/hive/customers', (request, response) => {
    const customer = store.create(request.body);
    if (customer) response.status(201).json(customer);
    else response.status(400).json({ error: { message: 'Invalid request' } });
  });
  app.patch('/hive/customers/:id', (request, response) => {
    const customer = store.update(request.params.id, request.body);
    if (customer) response.json(customer);
    else response.status(400).json({ error: { message: 'Invalid request' } });
  });
  return app;
}
