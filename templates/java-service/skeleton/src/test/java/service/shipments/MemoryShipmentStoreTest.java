package service.shipments;

class MemoryShipmentStoreTest extends ShipmentStoreContract {
  @Override
  ShipmentStore store() {
    return new MemoryShipmentStore();
  }
}
