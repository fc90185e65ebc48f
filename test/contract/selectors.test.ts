import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/contract/plan/make-plan.ts';
import { readSelector } from '../../src/contract/plan/selector.ts';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { runSparring } from '../commands/run-sparring.ts';
import { writeDocument } from '../openapi/inline-document.ts';

const shop = `openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders:
    get: { operationId: listOrders, tags: [orders, read], responses: { '200': { description: ok } } }
    post: { operationId: createOrder, tags: [orders], responses: { '201': { description: ok } } }
  /orders/{id}:
    get: { operationId: readOrder, tags: [orders, read], responses: { '200': { description: ok } } }
  /stock:
    get: { operationId: readStock, tags: [stock], deprecated: true, responses: { '200': { description: ok } } }
  /stocks:
    get: { operationId: readStocks, responses: { '200': { description: ok } } }
`;

async function chosen(only: readonly string[], skip: readonly string[] = []) {
  const document = await loadDocument(writeDocument('shop.yaml', shop));
  const plan = makePlan(document, { only, skip });
  return { operations: [...new Set(plan.cases.map(({ operation }) => operation.id))], plan };
}

describe('which cases are wanted', () => {
  it.each([
    [['tag:stock'], ['readStock']],
    [['tag:read'], ['listOrders', 'readOrder']],
    [['tag:st*'], ['readStock']],
    [['path:/stock'], ['readStock']],
    [['path:/orders'], ['listOrders', 'createOrder', 'readOrder']],
    [['path:/orders/{id}'], ['readOrder']],
    [['path:*ock*'], ['readStock', 'readStocks']],
    [['method:POST'], ['createOrder']],
    [['operation:readStock'], ['readStock']],
    [['operation:*Order'], ['createOrder', 'readOrder']],
    [['deprecated'], ['readStock']],
    [['/^read[A-Z]\\w+s\\//'], ['readStocks']],
    [['/^READSTOCK\\//i'], ['readStock']],
    [
      ['tag:stock', 'method:post'],
      ['createOrder', 'readStock'],
    ],
    [['readStock'], ['readStock', 'readStocks']],
  ])('%j', async (only, expected) => {
    const { operations, plan } = await chosen(only);
    expect(new Set(operations)).toEqual(new Set(expected));
    expect(plan.unmatched).toBeUndefined();
  });

  it.each([
    [['deprecated'], ['listOrders', 'createOrder', 'readOrder', 'readStocks']],
    [['tag:orders', 'readStock'], []],
    [['method:get'], ['createOrder']],
    [['path:/orders', '/^readStocks/', 'operation:readStock'], []],
  ])('not %j', async (skip, expected) => {
    const { operations, plan } = await chosen([], skip);
    expect(new Set(operations)).toEqual(new Set(expected));
    expect(plan.unmatched).toBeUndefined();
  });

  it('names each selector that means nothing', async () => {
    const { plan } = await chosen(['tag:stock', 'tag:stok', '/^x/'], ['operation:gone', 'nothing']);
    expect(plan.unmatched).toEqual(['tag:stok', '/^x/', 'operation:gone', 'nothing']);
  });

  it.each(['/(/', 'tag:', 'method:'])('refuses %s', (text) => {
    expect(() => readSelector(text)).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('a selector that means nothing ends with 2', () => {
  it.each([
    [['test', '--plan', '--only', 'tag:stok'], 'No operation has the tag "stok"', 'tag:stock'],
    [['test', '--plan', '--skip', 'operation:readStok'], 'the operation "readStok"', 'operation:readStock'],
    [['test', '--plan', '--only', 'path:/order'], 'the path "/order"', 'path:/orders'],
    [['test', '--plan', '--skip', '/zzz/'], 'No case has "/zzz/"', '--plan'],
    [['diff', '--right', 'mock', '--only', 'method:patch'], 'the method "patch"', ''],
    [['mutate', '--list', '--only', 'tag:stok'], 'No mutant is meant by "tag:stok"', '--list'],
  ])('%j', async ([command = '', ...flags], message, next) => {
    const file = writeDocument('shop.yaml', shop);
    const { code, stderr } = await runSparring([command, file, ...flags]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(next);
  });
});
