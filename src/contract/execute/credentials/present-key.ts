import type { OpenAPIV3_1 } from 'openapi-types';
import type { CredentialUse } from '../../model/request-template.ts';
import type { Presentation } from './credentials.ts';
import { tamper } from './tamper.ts';

type Place = OpenAPIV3_1.ApiKeySecurityScheme['in'];

/** An API key where its scheme says, or as a use of it asks; undefined where the use is not possible. */
export function presentKey(
  { in: place, name }: OpenAPIV3_1.ApiKeySecurityScheme,
  known: string | undefined,
  use: CredentialUse,
): Presentation | undefined {
  if (use === 'wrong') return withoutSecret(keyAt(place, name, 'sparring-wrong-key'));
  if (use === 'empty') return withoutSecret(keyAt(place, name, ''));
  if (known === undefined) return undefined;
  if (use === 'valid') return keyAt(place, name, known);
  if (use === 'tampered') return keyAt(place, name, tamper(known));
  if (use === 'misplaced') return keyAt(place === 'query' ? 'header' : 'query', name, known);
  return undefined;
}

function keyAt(place: string | Place, name: string, key: string): Presentation {
  if (place === 'query') return { headers: {}, query: [[name, key]], secrets: [name] };
  if (place === 'header')
    return { headers: { [name.toLowerCase()]: key }, query: [], secrets: [name.toLowerCase()] };
  return { headers: { cookie: `${name}=${encodeURIComponent(key)}` }, query: [], secrets: ['cookie'] };
}

function withoutSecret(presentation: Presentation): Presentation {
  return { ...presentation, secrets: [] };
}
