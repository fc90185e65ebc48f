import type { Pointer } from '../../json/json-pointer.ts';

/** Where an operation finds the id of the record it is about. */
export type RecordKey =
  | { readonly in: 'path'; readonly parameter: string }
  /** Keys that lead to it in the body. */
  | { readonly in: 'body'; readonly keys: readonly string[] }
  /** There is one record, or one of each parent. */
  | { readonly in: 'parents' }
  /** Any record will do: `/users/me`, `/quotes/random`. */
  | { readonly in: 'first' };

/** What an answer shows of the record. */
export type AnswerPart =
  /** The record stands at these keys; `[]` is a list of one. */
  | { readonly kind: 'record'; readonly keys: readonly string[] }
  /** Its id alone. */
  | { readonly kind: 'id' }
  /** An object of another schema: what has the same name, and samples of the rest. */
  | { readonly kind: 'fields' }
  | { readonly kind: 'nothing' };

/** What an action does beside answering. */
export type ActionEffect =
  /** The record is found, and moves to the state that the action's name means. */
  | { readonly kind: 'move'; readonly verb: string }
  /** Records are made of a list in the body. */
  | { readonly kind: 'create-many'; readonly keys: readonly string[] }
  /** The records whose ids stand in a list of the body are deleted. */
  | { readonly kind: 'delete-many'; readonly keys: readonly string[] }
  /** All records of the path's parents are deleted. */
  | { readonly kind: 'clear' }
  /** The record of another collection becomes a part of this one, or is one no more; neither is made or deleted. */
  | { readonly kind: 'link' | 'unlink'; readonly collection: string; readonly parameter: string };

/** What is read off a document of one's own beside what the extension can say; see `ResourceAction`. */
export interface OpenAction {
  readonly key: RecordKey;
  readonly answer: AnswerPart;
  /** Keys that lead to the record's fields in the body; `[]` is a list, of which each item is a record. */
  readonly body: readonly string[];
  /** The field of the record that holds the body as a whole. */
  readonly under: string | undefined;
  readonly effect: ActionEffect | undefined;
  /** Where the schema of a list's items stands. */
  readonly items: Pointer | undefined;
  /** Whether an id that is not there is made, as by a PUT that declares 201. */
  readonly creates: boolean;
}

/** What is read off a document of one's own of a resource beside what the extension can say. */
export interface OpenResource {
  readonly kind: 'collection' | 'singleton';
  /** Keys that lead to the id in a record; none where a record does not show it. */
  readonly idAt: readonly string[];
  /** Where the schemas of the path parameters that take its ids stand. */
  readonly idSchemas: readonly Pointer[];
  /** Whether some operation makes records of it. */
  readonly isCreated: boolean;
}
