// dt-sql-parser is written for bundlers: its imports leave out endings and name folders.
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    for (const ending of ['.js', '/index.js']) {
      try {
        return await next(specifier + ending, context);
      } catch {
        // the next ending, or else the first error
      }
    }
    throw error;
  }
}

export const load = (url, context, next) => next(url, url.includes('/dt-sql-parser/') ? { ...context, format: 'module' } : context);
