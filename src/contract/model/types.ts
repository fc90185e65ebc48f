import type { Pointer } from '../../json/json-pointer.ts';
import type { ApiDocument, Operation, Position } from '../../openapi/document/document.ts';
import type { Collections } from '../../openapi/infer/api-collections.ts';
import type { ResourceModel } from '../../openapi/infer/infer-resources.ts';
import type { Validators } from '../../openapi/schema/validators.ts';
import type { WebhookRun, WebhookScript } from './webhook-types.ts';

/** How binding a rule is: the document says so, an RFC does, or it is what everybody does. Only the first two fail a run. */
export type Grade = 'contract' | 'rfc' | 'convention';

/** How sure the document is of a fact; see `x-provenance`. */
export type Provenance = 'document' | 'public' | 'inferred' | 'default';

export const phases = [
  'examples',
  'positives',
  'negatives',
  'fuzzing',
  'authentication',
  'methods',
  'sequences',
  'writes',
  'lists',
  'webhooks',
] as const;

/** A group of cases that can be left out. */
export type Phase = (typeof phases)[number];

/** What should become of a request, as the plan sees it. */
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

/** Whose credentials a request carries. */
export type CredentialUse =
  | 'valid'
  | 'none'
  | 'wrong'
  | 'expired'
  | 'without-scope'
  /** One character of the right value is another. */
  | 'tampered'
  /** The right value under a scheme word that does not exist. */
  | 'wrong-scheme'
  /** The header field or parameter without a value. */
  | 'empty'
  /** The right user with a wrong password. */
  | 'wrong-password'
  /** The right key in another place of the request. */
  | 'misplaced'
  /** All schemes of an alternative but one. */
  | 'partial';

/** Of several ways to be let in, the one that a use of credentials is about. */
export interface CredentialsFor {
  /** Index into the operation's security; absent: the first that can be presented. */
  readonly alternative?: number;
  /** The scheme that is used otherwise than it should be, or left out; absent: all. */
  readonly scheme?: string;
}

/** Stands in a request for a part of a record that only the run knows. */
export interface Reference {
  /** Name of a need of the case, or of an earlier step that saves its answer. */
  readonly $from: string;
  /** Field of that record; a JSON pointer where it begins with `/`, a parameter of its path where it begins with `^`. */
  readonly field: string;
}

/** A body as a value and how it is written. */
export interface BodyTemplate {
  /** The Content-Type; undefined: none is sent. */
  readonly mediaType: string | undefined;
  /** A JSON value that may hold References; not looked at when `raw` is given. */
  readonly value: unknown;
  /** Text to send as it is. */
  readonly raw?: string;
  /** The media type by which the value is written, where it is not the one it is sent as. */
  readonly writtenAs?: string | undefined;
  /** Sent without its last character, so that it is no JSON any more. */
  readonly isCutOff?: boolean;
}

/** A request with values in place of texts; values may hold References. */
export interface RequestTemplate {
  /** Upper-case; another one than the operation's for method cases. */
  readonly method: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Names as declared. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly cookies: Readonly<Record<string, unknown>>;
  readonly body: BodyTemplate | undefined;
  readonly credentials: CredentialUse;
  readonly credentialsFor?: CredentialsFor;
  /** Values that are valid where References stand, by `<$from>.<field>`; for checks of the plan before the run. */
  readonly standIns?: Readonly<Record<string, unknown>>;
}

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

/** A record that must exist before the first step; the run makes it, and deletes it after the last. */
export interface Need {
  /** Name for References. */
  readonly name: string;
  readonly collection: string;
  /** The operation the record must be good for: a check needs a completed session. Undefined: any record will do. */
  readonly usableFor: string | undefined;
}

/** The smallest unit of a run: it makes what it needs, takes its steps in order, and cleans up. */
export interface Case {
  /** Stable for a document and seed: `<operationId>/<phase>/<what>`; unique in its plan. */
  readonly id: string;
  readonly phase: Phase;
  /** The operation it is about. */
  readonly operation: Operation;
  /** One line for people: `body/email breaks format`. */
  readonly title: string;
  readonly needs: readonly Need[];
  readonly steps: readonly Step[];
  /** The collection a sequence is about. */
  readonly collection?: string;
  /** Whether any step may change something when it is (rightly or wrongly) accepted. */
  readonly writes: boolean;
  /** Whether it looks at a whole account, so that no other case may run beside it. */
  readonly alone?: boolean;
  /** For a case about webhooks, which takes its course rather than its steps one by one; the steps say which calls it makes. */
  readonly webhook?: WebhookScript;
}

/** What the plan has no case for, and why. */
export interface Gap {
  readonly operation: string;
  readonly phase: Phase;
  readonly reason: string;
}

export interface Plan {
  readonly seed: number;
  readonly cases: readonly Case[];
  readonly gaps: readonly Gap[];
}

/** A request as it was sent; `url` is absolute. Credentials are in `headers` or `url` and never leave the run unredacted. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  /** Names of the headers and query parameters that hold credentials which must not be shown. */
  readonly secrets: readonly string[];
}

export interface ReceivedResponse {
  readonly status: number;
  /** Lower-case names; several fields of a name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The body as text, decoded as UTF-8. */
  readonly text: string;
  /** The body as a JSON value, where its media type is one of JSON and it parses. */
  readonly json: { readonly value: unknown } | undefined;
}

/** Why there is no answer. */
export interface TransportFailure {
  readonly kind: 'unreachable' | 'timeout' | 'reset' | 'malformed' | 'too-large' | 'aborted';
  /** A clause without a full stop. */
  readonly message: string;
}

/** One request and what came of it. */
export interface Exchange {
  /** `setup` makes a need, `cleanup` deletes what was made; `step` is one of the case's own. */
  readonly role: 'setup' | 'step' | 'cleanup';
  /** The step it is of; undefined for setup and cleanup. */
  readonly step: Step | undefined;
  readonly operation: Operation;
  readonly expect: Expectation;
  /** The template with its References filled: what was meant by the request. */
  readonly sent: RequestTemplate;
  readonly request: SentRequest;
  readonly response: ReceivedResponse | undefined;
  readonly failure: TransportFailure | undefined;
  /** Its number in the ledger, where it may create something. */
  readonly creation?: number;
}

/** What happened in one case. */
export interface CaseRun {
  readonly case: Case;
  readonly exchanges: readonly Exchange[];
  /** Records by the names of needs and of steps that save one. */
  readonly bindings: Readonly<Record<string, unknown>>;
  /** Why it could not be run, or not to its end; a sentence without a full stop. */
  readonly notRun: string | undefined;
  /** Of a case about webhooks: what it did and what arrived. */
  readonly webhook?: WebhookRun;
}

/** What a failed verdict rests on and shows. */
export interface Evidence {
  /** What the document or rule asks for, in words. */
  readonly expected: string;
  /** What was there instead, in words. */
  readonly seen: string;
  /** The fact of the document that the verdict rests on. */
  readonly pointer: Pointer;
  /** Index into the exchanges of the case. */
  readonly exchange: number;
  /** Where in the message: `body/email`, `header/etag`, `status`. */
  readonly location?: string;
}

/** What one check says of one exchange or case. */
export interface Finding {
  readonly outcome: 'passed' | 'failed';
  /** The exchange that was judged, by its index. */
  readonly exchange: number;
  /** Facts of the document the verdict rests on, each as the pointers that lead to it; see `provenance-of.ts`. */
  readonly facts: readonly (readonly Pointer[])[];
  /** Whether the rule itself is read off names rather than said: that a parameter filters, that a number is a total. */
  readonly inferred?: boolean;
  /** Where this finding binds less than the check does: a `convention` of a check that is graded `contract`. */
  readonly grade?: Grade;
  /** For `failed`. */
  readonly evidence?: Evidence;
}

/** What checks may look at, beside the run. */
export interface JudgeContext {
  readonly document: ApiDocument;
  readonly validators: Validators;
  readonly model: ResourceModel;
  readonly collections: Collections;
  /** Whether the server runs on this machine, so that its credentials are good and nobody else's records are in the way. */
  readonly isLoopback: boolean;
  /** Whether nobody else changes what the run sees, so that whole lists can be compared. */
  readonly exclusive: boolean;
}

/** One rule. Pure: the same run gives the same findings. */
export interface Check {
  /** Its file's name. */
  readonly id: string;
  readonly grade: Grade;
  /** The rule in one sentence. */
  readonly rule: string;
  /** What it cannot see, in one sentence. */
  readonly blindTo: string;
  /** Only cases of these phases are shown to it; absent: all. */
  readonly phases?: readonly Phase[];
  /** What it finds in one case; empty: the case says nothing about the rule. */
  judge(run: CaseRun, context: JudgeContext): readonly Finding[];
  /** What it finds in all cases together, by the index of the case; for rules such as unique ids. */
  judgeAll?(runs: readonly CaseRun[], context: JudgeContext): readonly (Finding & { readonly run: number })[];
}

/** The smallest request that was found to fail in the same way, where it is smaller than the one that did first. */
export interface Shrunken {
  /** What was sent and answered; not among the report's runs. */
  readonly exchange: Exchange;
  /** A command that sends it again. */
  readonly curl: string;
  /** How many requests it took to find it, beside those that made what they were about. */
  readonly requests: number;
}

/** A finding with all that a report says of it. */
export interface Verdict {
  readonly check: string;
  readonly grade: Grade;
  readonly rule: string;
  readonly case: string;
  /** Of the exchange that was judged. */
  readonly operation: string;
  readonly outcome: 'passed' | 'failed';
  /** As weak as the weakest fact it rests on. */
  readonly provenance: Provenance;
  /** Whether it fails the run: by grade and, on a real server, by provenance. */
  readonly fatal: boolean;
  /** Whether it would fail the run, were it not in the baseline of known failures. */
  readonly isKnown?: boolean;
  readonly evidence?: Evidence;
  /** Of a failed verdict: where the fact stands in the document's file. */
  readonly position?: Position | undefined;
  /** Of a failed verdict: a command that shows it again; credentials are `$SPARRING_TOKEN`. */
  readonly curl?: string;
  /** Of a failure that fails the run, once for all that show the same. */
  readonly shrunken?: Shrunken;
}

/** What the run created and could not delete. */
export interface Leftover {
  readonly collection: string;
  /** `?` where it is not known. */
  readonly id: string;
  readonly reason: string;
  /** The number of its creation in the ledger, where that was not answered. */
  readonly creation?: number;
}

export interface RunReport {
  readonly api: string;
  readonly title: string;
  readonly version: string;
  /** The document's file. */
  readonly file: string;
  readonly target: string;
  readonly seed: number;
  /** All verdicts in the order of the plan, then of the checks. */
  readonly verdicts: readonly Verdict[];
  readonly notRun: readonly { readonly case: string; readonly operation: string; readonly reason: string }[];
  readonly gaps: readonly Gap[];
  readonly leftovers: readonly Leftover[];
  readonly counts: RunCounts;
  /** What each case did, in the plan's order; reporters that need the messages read them here. */
  readonly runs: readonly CaseRun[];
  /** Whether the run was ended before its plan was. */
  readonly aborted: boolean;
  /** Whether it ended since one failure was enough. */
  readonly isBailed?: boolean;
}

export interface RunCounts {
  readonly cases: number;
  readonly notRun: number;
  readonly requests: number;
  readonly assertions: number;
  readonly failed: number;
  /** Failed, and the run with them. */
  readonly fatal: number;
}
