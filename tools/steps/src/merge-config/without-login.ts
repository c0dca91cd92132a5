/** A text in which addresses are shown without user and password (upstream-S7). */
export function withoutLogin(text: string): string {
  return text.replaceAll(/(\/\/)[^/\s]*@/g, '$1***@');
}
