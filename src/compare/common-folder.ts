/** The folder that all urls lie in, with its closing slash; empty where there is none. */
export function commonFolder(urls: readonly string[]): string {
  const [first = '', ...others] = urls.map((url) => url.slice(0, url.lastIndexOf('/') + 1));
  return others.reduce((folder, other) => {
    let common = folder;
    while (!other.startsWith(common))
      common = common.slice(0, common.lastIndexOf('/', common.length - 2) + 1);
    return common;
  }, first);
}
