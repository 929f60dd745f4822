/**
 * In bundles this stands for the parts of Zod that write JSON schemas, which only `npm run schema`
 * needs. Every kind of schema has a method for it, so esbuild cannot leave them out by itself.
 */
const leftOut = () => {
  throw new Error('this writes a JSON schema, which lib/bundle.ts leaves out of the functions');
};

export const createToJSONSchemaMethod = leftOut;
export const createStandardJSONSchemaMethod = leftOut;
/** For what a schema says of its own limits, such as `minLength`. */
export const aggregateChecks = leftOut;
