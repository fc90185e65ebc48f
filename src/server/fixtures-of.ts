import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SparringError } from '../errors.ts';
import type { ServedApi } from './served-api.ts';
import type { MockOptions } from './options.ts';

const folder = fileURLToPath(new URL('../../fixtures/', import.meta.url));
