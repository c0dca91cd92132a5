/** `luban/verify` → genre `luban`, name `verify`: Azure DevOps keeps a status's context in two parts. */
export function genreAndName(context: string): { genre: string; name: string } {
  const at = context.lastIndexOf('/');
  return at === -1 ? { genre: '', name: context } : { genre: context.slice(0, at), name: context.slice(at + 1) };
}

export function isContext(found: { name: string; genre?: string | null | undefined }, context: string): boolean {
  const { genre, name } = genreAndName(context);
  return found.name === name && (found.genre ?? '') === genre;
}
