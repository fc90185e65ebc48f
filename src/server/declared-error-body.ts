import { findMediaType, findResponse } from '../openapi/check-answer.ts';
import type { ApiDocument, Operation } from '../openapi/document.ts';
import { isObject } from '../openapi/is-object.ts';
import type { ErrorFacts } from './error-answer.ts';
