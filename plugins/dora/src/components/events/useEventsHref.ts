import { useLocation } from 'react-router-dom';
import { EVENTS_ID } from '../shared/useLinks';
import { eventsChange, EventsHref } from './eventsQuery';

/** The list of events on this page, for what the address asks else. */
export function useEventsHref(): EventsHref {
  const { pathname, search } = useLocation();
  return of => {
    const params = new URLSearchParams(search);
    for (const [key, value] of Object.entries(eventsChange(of))) {
      if (value === undefined) params.delete(key);
      else params.set(key, value);
    }
    return `${pathname}?${params}#${EVENTS_ID}`;
  };
}
