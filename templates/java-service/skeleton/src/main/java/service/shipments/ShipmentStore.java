package service.shipments;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps shipments, ordered by when they were made. */
interface ShipmentStore {
  /**
   * @return false where the order has a shipment already, which stays as it is
   */
  boolean add(Shipment shipment);

  Optional<Shipment> find(UUID id);

  /**
   * @param after the last shipment that the caller has seen; null begins with the oldest
   */
  List<Shipment> list(@Nullable UUID after, int limit);
}
