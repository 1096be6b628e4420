package service.shipments;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some shipments, oldest first.
 *
 * @param next where the next page begins, or nothing on the last one
 */
record ShipmentPage(List<Shipment> shipments, @Nullable UUID next) {}
