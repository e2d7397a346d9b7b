/**
 * What two sides of several files are called: the first folder by which their common folders differ; where they lie in
 * the same one, `before` and `after`.
 */
export function sideNames(
  before: readonly string[],
  after: readonly string[],
): { readonly before: string; readonly after: string } {
  const [olds, news] = [commonFolders(before), commonFolders(after)];
  const apart = olds.findIndex((part, index) => part !== news[index]);
  const at = apart === -1 ? olds.length : apart;
  const [old, now] = [olds[at], news[at]];
  return old === undefined || now === undefined
    ? { before: 'before', after: 'after' }
    : { before: old, after: now };
}

function commonFolders(files: readonly string[]): string[] {
  const [first = [], ...others] = files.map((file) => file.split(/[\\/]/).slice(0, -1));
  return others.reduce((common, parts) => {
    const apart = common.findIndex((part, index) => part !== parts[index]);
    return apart === -1 ? common : common.slice(0, apart);
  }, first);
}
