/** The file could not be written, which is not the implementation's fault. */
export class FileSinkError extends Error {}
