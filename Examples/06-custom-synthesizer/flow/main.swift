import CouplingFlow
import Mynah
import MynahCLI

var registry = Registry.standard
registry.register(CouplingFlow.self)
MynahProgram.main(registry: registry)
