import { define, JSON_OPTION, PORTAL_OPTION } from '../commands/definition';

export const OPEN = define({
  name: 'open',
  about: 'Opens the page of a component in the browser.',
  args: '[COMPONENT|PATH]',
  completes: 'folders',
  options: {
    print: { type: 'boolean', about: 'only prints the address' },
    ...PORTAL_OPTION,
    ...JSON_OPTION,
  },
  details: `COMPONENT is its name or reference, such as basket or system:default/shop. PATH
is a folder with a catalog-info.yaml; without either it is looked for from here
upwards.`,
});
