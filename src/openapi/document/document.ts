import type { OpenAPIV3_1 } from 'openapi-types';
import type { Pointer } from '../../json/json-pointer.ts';
import type { DocumentExtension, OperationExtension } from './extension.ts';

export type Method =
  | 'get'
  | 'put'
  | 'post'
  | 'delete'
  | 'options'
  | 'head'
  | 'patch'
  | 'trace'
  | 'query'
  | AdditionalMethod;
/** A method of `additionalOperations` (OpenAPI 3.2, section 4.9.1), such as `COPY`. */
export type AdditionalMethod = Uppercase<string>;
export type ParameterLocation = 'path' | 'query' | 'header' | 'cookie';

/** A place in a source file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A node of the document with every `$ref` on the way to it followed, and where it really stands. */
export interface Resolved<T> {
  readonly node: T;
  readonly pointer: Pointer;
}

export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** Where its schema stands; absent when neither `schema` nor `content` is given. */
  readonly schema?: Pointer;
  /** Set when the parameter is serialised as a media type (`content`) rather than by `style`. */
  readonly mediaType?: string;
}

export interface MediaType {
  /** As the document writes it, lower-case, such as `application/json` or `image/*`. */
  readonly name: string;
  readonly schema?: Pointer;
  /** What each of the values is that follow each other in such a message (OpenAPI 3.2, section 4.14.4). */
  readonly itemSchema?: Pointer;
  readonly pointer: Pointer;
  readonly encoding: Readonly<Record<string, OpenAPIV3_1.EncodingObject>>;
}

export interface RequestBody {
  readonly required: boolean;
  readonly mediaTypes: readonly MediaType[];
}

export interface ResponseDefinition {
  /** `200`, `2XX` or `default`. */
  readonly status: string;
  readonly pointer: Pointer;
  readonly mediaTypes: readonly MediaType[];
  readonly headers: readonly Parameter[];
}

/** One alternative of a security requirement: every scheme in it must hold. An empty list means no credentials. */
export type SecurityAlternative = readonly { readonly scheme: string; readonly scopes: readonly string[] }[];

/** One operation; what is costly is computed on first use and kept. */
export interface Operation {
  /** `operationId`, or `<method> <path>` where the document gives none. */
  readonly id: string;
  readonly method: Method;
  /** The path template as written, such as `/customers/{id}`. */
  readonly path: string;
  readonly pointer: Pointer;
  readonly definition: OpenAPIV3_1.OperationObject;
  readonly extension: OperationExtension;
  /** Path-level and operation-level parameters, the latter winning. */
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly ResponseDefinition[];
  /** Alternatives of which one must hold; empty: open to all. */
  readonly security: readonly SecurityAlternative[];
  /** Host names from `servers` on the operation or its path, where they differ from the document's. */
  readonly hosts: readonly string[];
  /** The `servers` on the operation or its path; empty where the document's are its own too. */
  readonly servers: readonly ServerAddress[];
}

export interface ServerAddress {
  readonly url: string;
  /** Lower-case host name without port; empty for a relative URL. */
  readonly hostname: string;
  /** Path of the URL without a trailing slash; empty for none. */
  readonly basePath: string;
}

/** A loaded, checked and indexed OpenAPI 3.1 document (older ones are upgraded on the way). Immutable. */
export interface ApiDocument {
  /** The mount name, `[a-z0-9-]+`: the bundled API's name, or the file's base name. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** Absolute path of the root file; `<inline>` for a document given as an object. */
  readonly file: string;
  /** All files the document is made of, root first. */
  readonly files: readonly string[];
  /** The document as plain JSON; `$ref`s into other files are bundled in, the others left as they are. */
  readonly root: OpenAPIV3_1.Document;
  readonly extension: DocumentExtension;
  readonly operations: readonly Operation[];
  readonly operationsById: ReadonlyMap<string, Operation>;
  readonly servers: readonly ServerAddress[];
  readonly securitySchemes: Readonly<Record<string, OpenAPIV3_1.SecuritySchemeObject>>;
  /** Follows `$ref`s from the node at `pointer`; undefined when nothing stands there. Circular chains throw `document-invalid`. */
  resolve<T = unknown>(pointer: Pointer): Resolved<T> | undefined;
  /** Where the node at `pointer` stands in its source file. Parses the source again with positions on first use. */
  position(pointer: Pointer): Position | undefined;
  /** What is wrong in the document and is read all the same, each with file, line and column; only the first ones of many. */
  warnings(): readonly string[];
}
