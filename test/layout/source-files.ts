import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One import, type imports too; both paths stand below `src/`. */
export interface SourceImport {
  readonly from: string;
  readonly to: string;
  /** Only types are taken, so that nothing is loaded. */
  readonly isType: boolean;
}

export interface SourceFile {
  /** Below `src/`, such as `server/handle-request.ts`. */
  readonly path: string;
  readonly imports: readonly SourceImport[];
  /** Names that are declared and exported here; what is only passed on is left out. */
  readonly declared: readonly string[];
  /** Those with what is passed on from another file. */
  readonly exported: readonly string[];
}

/** Every file of `src/` but the generated types, read by the TypeScript parser. */
export function readSourceFiles(folder = join(root, 'src')): readonly SourceFile[] {
  return globSync('**/*.ts', { cwd: folder })
    .filter((path) => !path.includes('generated/'))
    .toSorted()
    .map((path) => readSourceFile(path, readFileSync(join(folder, path), 'utf8')));
}

export function readSourceFile(path: string, text: string): SourceFile {
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: SourceImport[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.')) return;
    const to = normalize(join(dirname(path), specifier.text));
    if (to.endsWith('.ts')) imports.push({ from: path, to, isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, takesTypesOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  const declared = parsed.statements.flatMap(declaredNames);
  const passedOn = parsed.statements.flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
  return {
    path,
    imports,
    declared: [...new Set(declared)],
    exported: [...new Set([...declared, ...passedOn])],
  };
}

function takesTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    !clause.name &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function declaredNames(statement: ts.Statement): readonly string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** The folder a file stands in; a file of the top level stands for itself. */
export function folderOf(path: string): string {
  return path.includes('/') ? dirname(path) : path;
}

/** Groups of nodes that can all be reached from each other, two nodes or more each (Tarjan's algorithm). */
export function circlesOf(edges: Iterable<readonly [string, string]>): readonly (readonly string[])[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    if (from === to) continue;
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const target of next.get(node) ?? []) {
      if (!index.has(target)) visit(target);
      if (stack.includes(target)) low.set(node, Math.min(low.get(node) ?? 0, low.get(target) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle.toSorted());
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return circles;
}

/** A path as people name it. */
export function shown(path: string): string {
  return relative('.', join('src', path));
}
