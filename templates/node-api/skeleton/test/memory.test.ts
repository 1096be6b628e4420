import { MemoryQuotes } from '../src/quotes/memory.ts';
import { itKeepsQuotes } from './stores.ts';

itKeepsQuotes(async () => new MemoryQuotes());
