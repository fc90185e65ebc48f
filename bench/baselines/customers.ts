import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/** The record both baselines keep: Hive's customer. */
export interface Customer {
  readonly id: string;
  readonly [field: string]: unknown;
}

const ajv = new Ajv();
formats.default(ajv);

const properties = {
  email: { type: 'string', format: 'email' },
  phone: { type: ['string', 'null'] },
  first_name: { type: ['string', 'null'] },
  middle_name: { type: ['string', 'null'] },
  last_name: { type: ['string', 'null'] },
  gender: { enum: ['male', 'female', null] },
  dob: { type: ['string', 'null'], format: 'date' },
  metadata: { type: 'object' },
};

/** The rules of a new customer and of a change to one, compiled once. */
export const isNewCustomer = ajv.compile<Readonly<Record<string, unknown>>>({
  type: 'object',
  required: ['email'],
  properties,
});
export const isCustomerChange = ajv.compile<Readonly<Record<string, unknown>>>({
  type: 'object',
  properties,
});

/** A customer as the mock would make it, of a body that passed `isNewCustomer`. */
export function newCustomer(body: Readonly<Record<string, unknown>>, id: string, now: number): Customer {
  return {
    id,
    email: body.email,
    phone: body.phone ?? null,
    first_name: body.first_name ?? null,
    middle_name: body.middle_name ?? null,
    last_name: body.last_name ?? null,
    gender: body.gender ?? null,
    dob: body.dob ?? null,
    metadata: body.metadata ?? {},
    created_at: now,
    updated_at: now,
  };
}
