// Turns OpenAPI schemas, as Kubernetes and its extensions publish them, into
// JSON schemas that refuse what they do not know.

/** What only documents, or what only the API server can check. */
const KEPT = new Set([
  'type',
  'required',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'uniqueItems',
]);

const INT_OR_STRING = { type: ['integer', 'string'] };
const QUANTITY = { type: ['number', 'string'] };
const BY_NAME = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': INT_OR_STRING,
  'io.k8s.apimachinery.pkg.api.resource.Quantity': QUANTITY,
  'io.argoproj.workflow.v1alpha1.Item': {},
};

/**
 * @param schema - of OpenAPI 2 or 3
 * @param isWhole - false inside allOf, anyOf, oneOf and not, which name only
 * some of an object's fields
 */
function strict(schema, isWhole = true) {
  if (schema.$ref) return { $ref: schema.$ref };
  if (
    schema['x-kubernetes-int-or-string'] ||
    schema.format === 'int-or-string'
  ) {
    return schema.pattern ? QUANTITY : INT_OR_STRING;
  }
  const made = {};
  for (const [key, value] of Object.entries(schema)) {
    if (KEPT.has(key)) made[key] = value;
  }
  if (schema.nullable && made.type) made.type = [made.type, 'null'];
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    if (schema[key]) made[key] = schema[key].map(part => strict(part, false));
  }
  if (schema.not) made.not = strict(schema.not, false);
  if (schema.items) made.items = strict(schema.items, isWhole);
  if (schema.properties) {
    made.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [
        name,
        strict(property, isWhole),
      ]),
    );
  }
  const isOpen =
    schema['x-kubernetes-preserve-unknown-fields'] ||
    schema['x-kubernetes-embedded-resource'];
  if (typeof schema.additionalProperties === 'object') {
    made.additionalProperties = strict(schema.additionalProperties, isWhole);
  } else if (isWhole && schema.properties && !isOpen) {
    made.additionalProperties = false;
  }
  return made;
}

/** A schema with every definition it needs, each made strict. */
function withDefinitions(schema, definitions) {
  const needed = {};
  const need = part => {
    for (const [, name] of JSON.stringify(part).matchAll(
      /"\$ref":"#\/definitions\/([^"]+)"/g,
    )) {
      if (needed[name]) continue;
      needed[name] = BY_NAME[name] ?? strict(definitions[name]);
      need(needed[name]);
    }
  };
  need(schema);
  const sorted = Object.entries(needed).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...schema, definitions: Object.fromEntries(sorted) };
}

/** Writes once what custom resources repeat, such as a pod's affinity. */
function shared(schema) {
  const counts = new Map();
  const texts = new Map();
  const count = part => {
    if (typeof part !== 'object' || part === null) return;
    const text = JSON.stringify(part);
    texts.set(part, text);
    if (text.length >= 400 && part.type) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
      if (counts.get(text) > 1) return;
    }
    Object.values(part).forEach(count);
  };
  count(schema);
  const names = new Map();
  const definitions = {};
  const replace = part => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(replace);
    const copy = () =>
      Object.fromEntries(
        Object.entries(part).map(([key, value]) => [key, replace(value)]),
      );
    const text = texts.get(part) ?? JSON.stringify(part);
    if ((counts.get(text) ?? 0) < 2) return copy();
    if (!names.has(text)) {
      names.set(text, `shared-${names.size + 1}`);
      definitions[names.get(text)] = copy();
    }
    return { $ref: `#/definitions/${names.get(text)}` };
  };
  const made = replace(schema);
  return { ...made, definitions: { ...schema.definitions, ...definitions } };
}

/**
 * What a person writes of a kind: the status is the cluster's, and the name of
 * kind and version is known.
 */
function manifest(schema, { group, version, kind }) {
  const { status: _, ...properties } = schema.properties;
  return {
    ...schema,
    required: [
      ...new Set([
        'apiVersion',
        'kind',
        'metadata',
        ...(schema.required ?? []),
      ]),
    ].filter(name => name !== 'status'),
    properties: {
      ...properties,
      apiVersion: { enum: [group ? `${group}/${version}` : version] },
      kind: { enum: [kind] },
      metadata: {
        $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta',
      },
    },
  };
}

module.exports = { strict, withDefinitions, shared, manifest };
