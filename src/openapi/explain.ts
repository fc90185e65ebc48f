import { styleText } from 'node:util';
import type { ApiDocument, Operation } from './document.ts';
import type { Resource, ResourceModel } from './infer-resources.ts';

/** What one operation does, and why that is thought. */
export interface ExplainedOperation {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly resource: string;
  readonly action: string;
  readonly why: string;
  readonly provenance: 'document' | 'inferred';
}

export interface Explanation {
  readonly api: string;
  readonly title: string;
  readonly operations: readonly ExplainedOperation[];
  readonly resources: readonly {
    readonly collection: string;
    readonly id: string;
    readonly facts: readonly string[];
  }[];
  readonly settings: readonly {
    readonly name: string;
    readonly default: string;
    readonly description: string;
  }[];
  readonly controls: readonly { readonly name: string; readonly summary: string }[];
  readonly magic: readonly { readonly field: string; readonly description: string }[];
}

/**
 * Says what every operation of a document does to which resource, which settings and controls there are.
 *
 * @param own ids of operations that the provider's own code answers
 */
export function explain(
  document: ApiDocument,
  model: ResourceModel,
  own: readonly string[] = [],
): Explanation {
  const { controls = {}, magic = {}, settings = {} } = document.extension;
  return {
    api: document.name,
    title: document.title,
    operations: document.operations.map((operation) => explainOperation(operation, model, own)),
    resources: [...model.resources.values()].map((resource) => ({
      collection: resource.collection,
      id: resource.id,
      facts: factsOf(resource),
    })),
    settings: Object.entries(settings).map(([name, setting]) => ({
      name,
      default: String(setting.default),
      description: setting.description.trim(),
    })),
    controls: Object.entries(controls).map(([name, { summary }]) => ({ name, summary })),
    magic: Object.entries(magic).map(([field, description]) => ({ field, description })),
  };
}

function explainOperation(
  operation: Operation,
  model: ResourceModel,
  own: readonly string[],
): ExplainedOperation {
  const { id, method, path } = operation;
  const place = { operation: id, method: method.toUpperCase(), path };
  const action = model.actionOf(operation);
  if (own.includes(id)) {
    return {
      ...place,
      resource: action?.resource.collection ?? '',
      action: 'own',
      why: 'has code of its own',
      provenance: 'document',
    };
  }
  if (!action)
    return {
      ...place,
      resource: '',
      action: 'example',
      why: 'answered from examples and schemas',
      provenance: 'inferred',
    };
  return {
    ...place,
    resource: action.resource.collection,
    action: action.action,
    why: action.why,
    provenance: action.provenance,
  };
}

function factsOf({ cascade, hidden, order, relations, schema, timestamps }: Resource): readonly string[] {
  return [
    ...(schema === undefined ? [] : [`schema ${schema.split('/').at(-1)}`]),
    ...(order === undefined ? [] : [`sorted by ${order}`]),
    ...(timestamps
      ? [
          `times ${[timestamps.created, timestamps.updated].filter((name) => name !== undefined).join(', ')} in ${timestamps.unit}`,
        ]
      : []),
    ...Object.entries(relations ?? {}).map(([field, collection]) => `${field} names one of ${collection}`),
    ...Object.keys(cascade ?? {}).map((collection) => `its ${collection} go with it`),
    ...(hidden ? ['kept, not served'] : []),
  ];
}

/** An explanation as tables, at most `width` columns wide. */
export function formatExplanation(
  explanation: Explanation,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const heading = (text: string) => (color ? styleText('bold', text, { validateStream: false }) : text);
  const section = (title: string, rows: readonly (readonly string[])[]) =>
    rows.length === 0
      ? []
      : ['', heading(title), ...alignColumns(rows).map((line) => line.slice(0, Math.max(width, 60)))];
  return [
    heading(`${explanation.api}: ${explanation.title}`),
    ...section(
      'Operations',
      explanation.operations.map(({ action, method, operation, path, resource, why }) => [
        method,
        path,
        operation,
        action,
        resource,
        why,
      ]),
    ),
    ...section(
      'Resources',
      explanation.resources.map(({ collection, facts, id }) => [collection, `by ${id}`, facts.join('; ')]),
    ),
    ...section(
      'Settings',
      explanation.settings.map(({ default: fallback, description, name }) => [
        name,
        fallback,
        firstLine(description),
      ]),
    ),
    ...section(
      'Controls',
      explanation.controls.map(({ name, summary }) => [name, firstLine(summary)]),
    ),
    ...section(
      'Steering values',
      explanation.magic.map(({ description, field }) => [field, firstLine(description)]),
    ),
  ].join('\n');
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
