/** The kind of a rule's constraints. */
export function constraintKind(id: string): string {
  const words = id
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1));
  return `Waymark${words.join('')}`;
}

export function templateFile(id: string): string {
  return `templates/${id}.yaml`;
}

export function constraintFile(id: string): string {
  return `constraints/${id}.yaml`;
}
