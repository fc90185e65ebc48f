import { randomUUID } from 'node:crypto';
import { type Customer, isCustomerChange, isNewCustomer, newCustomer } from './customers.ts';

/** What both baselines do between reading a request and writing an answer: a Map, a compiled validator, a token that is known. */
export interface Store {
  isKnown(authorization: string | undefined): boolean;
  get(id: string): Customer | undefined;
  list(): { readonly data: readonly Customer[]; readonly meta: { readonly total: number } };
  /** The changed customer, or undefined when there is none or a field breaks the rules. */
  update(id: string, body: unknown): Customer | undefined;
  /** The new customer, or undefined for a body that breaks the rules. */
  create(body: unknown): Customer | undefined;
}

/** A store that holds the given customers (newest first in lists) and knows one bearer token. */
export function createStore(token: string, customers: readonly Customer[]): Store {
  const byId = new Map(customers.toReversed().map((customer) => [customer.id, customer]));
  return {
    isKnown: (authorization) => authorization === `Bearer ${token}`,
    get: (id) => byId.get(id),
    list: () => ({ data: [...byId.values()].reverse(), meta: { total: byId.size } }),
    update(id, body) {
      const former = byId.get(id);
      if (!former || !isCustomerChange(body)) return undefined;
      const customer = { ...former, ...body, updated_at: Math.floor(Date.now() / 1000) };
      byId.set(id, customer);
      return customer;
    },
    create(body) {
      if (!isNewCustomer(body)) return undefined;
      const customer = newCustomer(body, randomUUID(), Math.floor(Date.now() / 1000));
      byId.set(customer.id, customer);
      return customer;
    },
  };
}
