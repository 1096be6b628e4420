import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  newRolloutRouteRef,
  rolloutRouteRef,
  rolloutsRouteRef,
} from '../../routes';

/** Where rollouts are; undefined where their page is not installed. */
export function useRolloutLinks() {
  const all = useRouteRef(rolloutsRouteRef);
  const one = useRouteRef(rolloutRouteRef);
  const begin = useRouteRef(newRolloutRouteRef);
  return {
    all: all?.(),
    one: (id: string) => one?.({ id }),
    begin: (templateRef?: string) =>
      begin &&
      `${begin()}${
        templateRef ? `?${new URLSearchParams({ template: templateRef })}` : ''
      }`,
  };
}
