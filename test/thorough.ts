/**
 * `npm test` tries everything; `npm test -- --unit` a sample of it, so that one runs it often. One rule or area alone is
 * little enough.
 */
export const isThorough = process.env['THOROUGH'] === '1' || process.env['RULES'] !== undefined;
