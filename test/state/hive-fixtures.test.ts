import { fileURLToPath } from 'node:url';
import { faker } from '@faker-js/faker/locale/en';
import { expect, it } from 'vitest';
import { loadDocument } from '../../src/openapi/load/load-document.ts';
import { createValidators } from '../../src/openapi/schema/validators.ts';
import { makeCollections } from '../../src/state/fixtures/make-collections.ts';
import { readRecipe } from '../../src/state/fixtures/read-recipe.ts';
import { start } from '../manual-time.ts';

const pathTo = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

async function customersOf(seed: number) {
  const recipe = await readRecipe(pathTo('fixtures/hive.yaml'));
  const made = await makeCollections(recipe, { api: 'hive', seed, now: start, idField: () => 'id' });
  return made.get('customers')?.list() ?? [];
}

it('gives customers as the document describes them, their fields in the documented order', async () => {
  const document = await loadDocument(pathTo('openapi/hive.yaml'));
  const validators = createValidators(document);
  const schema = '#/components/schemas/Customer';
  const customers = await customersOf(1);
  expect(customers).toHaveLength(25);
  const [john] = customers;
  for (const { value } of customers) {
    expect(validators.validate(schema, value, 'response', 'customer')).toEqual([]);
    expect(Object.keys(value)).toEqual(Object.keys(john?.value ?? {}));
  }
});

it('gives customers first names that fit their gender', async () => {
  const { female = [], male = [] } = faker.rawDefinitions.person?.first_name ?? {};
  // Faker gives names of its neutral list to anybody.
  const onlyOf = { male: without(male, female), female: without(female, male) };
  const gendered = (await Promise.all([1, 2, 3].map(customersOf)))
    .flat()
    .filter(({ value }) => value.gender !== null);
  expect(gendered.length).toBeGreaterThan(20);
  for (const { value } of gendered) {
    const foreign = value.gender === 'male' ? onlyOf.female : onlyOf.male;
    expect(foreign).not.toContain(value.first_name);
  }
});

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  return names.filter((name) => !others.includes(name));
}
