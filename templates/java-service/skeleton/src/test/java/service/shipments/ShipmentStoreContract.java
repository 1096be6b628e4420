package service.shipments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class ShipmentStoreContract {
  /** A store with nothing in it. */
  abstract ShipmentStore store();

  private static Shipment shipment(String orderReference, Instant createdAt) {
    return new Shipment(UUID.randomUUID(), orderReference, "PT", "1100-148", 800, createdAt);
  }

  @Test
  void findsWhatWasAdded() {
    var store = store();
    var shipment = shipment("TW-200001", Instant.parse("2026-03-01T10:00:00.123456Z"));
    assertThat(store.add(shipment)).isTrue();
    assertThat(store.find(shipment.id())).contains(shipment);
    assertThat(store.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void keepsTheFirstShipmentOfAnOrder() {
    var store = store();
    var first = shipment("TW-200002", Instant.parse("2026-03-01T10:00:00Z"));
    var second = shipment("TW-200002", Instant.parse("2026-03-01T11:00:00Z"));
    assertThat(store.add(first)).isTrue();
    assertThat(store.add(second)).isFalse();
    assertThat(store.list(null, 10)).containsExactly(first);
  }

  @Test
  void listsOldestFirstFromWhereTheCallerIs() {
    var store = store();
    var third = shipment("TW-200003", Instant.parse("2026-03-03T10:00:00Z"));
    var first = shipment("TW-200004", Instant.parse("2026-03-01T10:00:00Z"));
    var second = shipment("TW-200005", Instant.parse("2026-03-02T10:00:00Z"));
    store.add(third);
    store.add(first);
    store.add(second);
    assertThat(store.list(null, 2)).containsExactly(first, second);
    assertThat(store.list(second.id(), 2)).containsExactly(third);
    assertThat(store.list(third.id(), 2)).isEmpty();
    assertThat(store.list(UUID.randomUUID(), 2)).isEmpty();
  }
}
