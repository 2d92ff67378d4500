import CouplingFlow
import Mynah
import MynahCLI

var registry = Registry.standard
registry.register(CouplingFlow.self)
MynahCLI.main(registry: registry)
