/// What a reader may wish to know of, or to avoid.
public enum ContentNote: String, Sendable, Codable, CaseIterable {
    case violence, war, abuse, sexualViolence = "sexual-violence", selfHarm = "self-harm"
    case childDeath = "child-death", animalDeath = "animal-death", sexualContent = "sexual-content", drugs, racism
    case illness

    public var name: String {
        switch self {
        case .violence: "Violence"
        case .war: "War"
        case .abuse: "Abuse or captivity"
        case .sexualViolence: "Sexual violence"
        case .selfHarm: "Self-harm or suicide"
        case .childDeath: "Death of a child"
        case .animalDeath: "Death of an animal"
        case .sexualContent: "Sexual content"
        case .drugs: "Drugs or alcohol"
        case .racism: "Racism or persecution"
        case .illness: "Severe illness"
        }
    }
}
