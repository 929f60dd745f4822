/** What an entity reference means where it says no kind or no namespace. */
export interface RefDefaults {
  readonly kind?: string;
  readonly namespace: string;
}

const form = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/;

/**
 * The reference `[kind:][namespace/]name` in full and in lower case, as Backstage compares them
 * [source: backstage.io/docs/features/software-catalog/references]. Without a kind, where none is
 * implied either, only the name is left. Undefined if it is none.
 */
export function fullRef(text: string, { kind, namespace }: RefDefaults): string | undefined {
  const [found, ownKind = kind, ownNamespace = namespace, name = ''] = form.exec(text.trim()) ?? [];
  if (found === undefined) return undefined;
  return ownKind === undefined ? name : `${ownKind}:${ownNamespace}/${name}`.toLowerCase();
}

export const readRef = (ref: string): { readonly kind: string; readonly name: string } => {
  const [, kind = '', , name = ''] = form.exec(ref) ?? [];
  return { kind: kind.toLowerCase(), name };
};
