final class Node: Sendable {}
