/** `page[size]`, `page_size` and `pageSize` are one name. */
export function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}
