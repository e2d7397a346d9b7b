/** Where a project lies in its repository, and so where a report's files lie. */
export interface ProjectPlace {
  /** From the repository's top to the project's folder, with slashes; empty where they are one. */
  readonly folder: string;
  /** The file that holds the demands, from the project's folder: where a finding without a function of its own belongs. */
  readonly settings: string;
}

/** The path from the repository's top; null for what is no file of the tree: Node's own, a package's, something outside. */
export function pathInRepository(file: string, { folder }: ProjectPlace): string | null {
  const path = file.replaceAll('\\', '/');
  if (path === '' || path.startsWith('/') || /^[a-z][\w+.-]*:/i.test(path)) return null;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '..' && part !== '') parts.push(part);
  }
  return parts.includes('node_modules') ? null : parts.join('/');
}
