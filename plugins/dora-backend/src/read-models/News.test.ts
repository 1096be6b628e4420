import { mockServices } from '@backstage/backend-test-utils';
import { News } from './News';

describe('News', () => {
  const publish = jest.fn();
  const logger = mockServices.logger.mock();
  const news = () => new News('dora:changed', { publish }, logger, 1_000);

  beforeEach(() => {
    jest.useFakeTimers();
    publish.mockReset().mockResolvedValue(undefined);
  });
  afterEach(() => jest.useRealTimers());

  it('tells of the first at once and of a burst once a second, its end included', () => {
    const told = news();
    for (let i = 0; i < 250; i++) {
      told.tell();
      jest.advanceTimersByTime(10);
    }
    expect(publish).toHaveBeenCalledTimes(3);
    jest.advanceTimersByTime(1_000);
    expect(publish).toHaveBeenCalledTimes(4);
    jest.advanceTimersByTime(60_000);
    expect(publish).toHaveBeenCalledTimes(4);
    told.tell();
    expect(publish).toHaveBeenCalledTimes(5);
  });

  it('names nobody and nothing', () => {
    news().tell();
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'dora:changed',
      message: {},
    });
  });

  it('goes on where telling fails, and ends when it is stopped', async () => {
    publish.mockRejectedValueOnce(new Error('The bus is down'));
    const told = news();
    told.tell();
    await Promise.resolve();
    await Promise.resolve();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    told.tell();
    told.stop();
    jest.advanceTimersByTime(60_000);
    expect(publish).toHaveBeenCalledTimes(1);
  });
});
