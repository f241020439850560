/** Why a file could not be opened or read, in words. */
export function reason(error: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
  };
  return known[error.code ?? ''] ?? error.message;
}
