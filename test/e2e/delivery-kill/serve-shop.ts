import { createMock } from '../../../src/index.ts';
import { shop } from '../../server/emission/shop.ts';

/** Serves the shop with the data that its argument names until it is killed; tells its URL on a line of its own. */
const mock = await createMock({
  apis: [{ name: 'shop', document: shop }],
  port: 0,
  data: process.argv[2],
  fixtures: false,
});
process.stdout.write(`${mock.url}\n`);
