from articles.suggestions.scene import Scene
from articles.suggestions.words import Span
class EnglishRules:
    def __init__(self, scene: Scene, sentence: Span): pass
    def drafts(self): return []
