import type { Pointer } from '../../json/json-pointer.ts';
import type { Operation } from '../../openapi/document/document.ts';
import type { Grade } from './grade.ts';
import type { RequestTemplate } from './request-template.ts';

/** The outcome that the plan expects of a request. */
export type Expectation =
  /** A 2xx. */
  | 'accepted'
  /** A 4xx, since one rule of the document is broken; see `Step.broken`. */
  | 'refused'
  /** 401, or what else the document declares for missing credentials. */
  | 'unauthenticated'
  /** 403: the credentials hold, their scopes do not suffice. */
  | 'forbidden'
  /** 405 with `Allow`. */
  | 'method-refused'
  /** 415. */
  | 'media-type-refused'
  /** 404 or 410: the record was deleted. */
  | 'gone'
  /** A 4xx, as a rule 404: no record has the id. */
  | 'absent'
  /** Nothing is claimed; the answer must only be a documented one. */
  | 'any';

/** The one rule of the document that a negative breaks. */
export interface BrokenRule {
  /** `body/email`, `query/limit`, … */
  readonly location: string;
  /** The JSON Schema keyword, or `required` for a parameter. */
  readonly keyword: string;
  /** Where the rule stands. */
  readonly pointer: Pointer;
  /** In words: `must be a valid email`. */
  readonly message: string;
  /** Where servers by custom let more pass than the document does. */
  readonly grade?: Grade;
}

export interface Step {
  /** What it is in its case: `probe`, `create`, `read`, `list`, `update`, `delete`, `read after delete`, … */
  readonly name: string;
  readonly operation: Operation;
  readonly request: RequestTemplate;
  readonly expect: Expectation;
  readonly broken?: BrokenRule;
  /** Whether the document itself shows what is sent, by an example or by the edge that a keyword draws. */
  readonly isShown?: boolean;
  /** Later steps can refer to the record in the answer by this name; a success is owned by the run and cleaned up. */
  readonly saveAs?: string;
  /** Name of the binding whose record a success of this step deletes. */
  readonly deletes?: string;
  /** Name of the binding whose record this step reads or changes; the run must own it before a write. */
  readonly of?: string;
  /** Left out where a value that it refers to is not known. */
  readonly optional?: boolean;
  /** For a list: its further pages are read too. */
  readonly pages?: PageWalk;
  /** Sent to where the Location of the answer before points to, if it has one on the same server. */
  readonly at?: 'location';
  /** After a success, values of runtime expressions become a record that later steps can refer to. */
  readonly binds?: {
    readonly name: string;
    readonly values: Readonly<Record<string, unknown>>;
  };
}

/** How the pages of a list after the first are asked for; the step is taken again for each until there are no more. */
export interface PageWalk {
  /** By a number, by what the answer names as the next cursor, or by the next page's URL in the answer. */
  readonly by: 'page' | 'offset' | 'cursor' | 'link';
  /** The query parameter that says where a page begins; undefined for links. */
  readonly parameter: string | undefined;
  /** The number of the first page; undefined: that is found out, and 1 or 0. */
  readonly first: number | undefined;
  /** Records on a page, where the request or the document says. */
  readonly size: number | undefined;
  /** At most as many pages. */
  readonly most: number;
}
